import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config.ts';
import { type KeyFile, keyFileSchema } from './api-key.ts';

/** @throws ConfigError where there is no such file, or it is no file of keys */
export async function readKeys(path: string): Promise<KeyFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const remedy = 'Make a key, and the file with it: npm run keys -- create NAME';
    throw new ConfigError(`ACCESS=${path} cannot be read (${(cause as NodeJS.ErrnoException).code}). ${remedy}`, {
      cause,
    });
  }
  try {
    return keyFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConfigError(`ACCESS=${path} is not a file of keys, as npm run keys makes it`, { cause });
  }
}
