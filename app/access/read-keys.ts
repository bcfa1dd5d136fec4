import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config.ts';
import { type KeyFile, keyFileSchema } from './api-key.ts';

/** Whether what ACCESS says is the text of the file itself, as containers get it where no disk of theirs has it. */
export const isText = (access: string): boolean => access.trimStart().startsWith('{');

/**
 * @param access the path of a file of keys, or its text
 * @throws ConfigError where there is no such file, or it is no file of keys
 */
export async function readKeys(access: string): Promise<KeyFile> {
  const text = isText(access) ? access : await readText(access);
  try {
    return keyFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    const what = isText(access) ? 'The text in ACCESS' : `ACCESS=${access}`;
    throw new ConfigError(`${what} is not a file of keys, as npm run keys makes it`, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const remedy = 'Make a key, and the file with it: npm run keys -- create NAME';
    throw new ConfigError(`ACCESS=${path} cannot be read (${(cause as NodeJS.ErrnoException).code}). ${remedy}`, {
      cause,
    });
  }
}
