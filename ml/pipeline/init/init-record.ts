import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../core/errors.ts';
import { jsonText } from '../../core/json.ts';
import { declaredSchema } from '../../data/inference/merge-edits.ts';

/** Beside dataset.json: what init wrote last, so that edits are known from it. */
export const RECORD_FILE = '.init.json';

const schema = z.object({
  /** SHA-256 of the file that it was made of. */
  file: z.string(),
  declaration: declaredSchema.extend({ target: z.string() }),
});

/** What init wrote into a folder, and of which bytes. */
type InitRecord = z.infer<typeof schema>;

/** The record of a folder; undefined where there is none that can be read. */
export async function readRecord(folder: string): Promise<InitRecord | undefined> {
  try {
    return schema.safeParse(JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8'))).data;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const recordText = (file: string, declaration: object): string => jsonText({ file, declaration });
