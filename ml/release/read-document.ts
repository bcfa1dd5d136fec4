import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ZodError } from 'zod';
import { ReleaseError } from '../core/errors.ts';
import { fromJson, type PlainData } from '../core/plain-data.ts';
import { REMEDY } from './current.ts';
import { documentOf } from './document.ts';
import type { FileRecord } from './files.ts';
import { PackingError } from './packed-arrays.ts';
import type { Release } from './read.ts';

/** Formats up to this one wrote every array as base64 into the JSON. */
const LAST_WITH_BASE64 = 3;

/** The data of a JSON file of a release, as its format has it. */
export async function readDocument({ path, format, arrays }: Release, { name }: FileRecord): Promise<PlainData> {
  const text = await readFile(join(path, name), 'utf8');
  return format <= LAST_WITH_BASE64 ? fromJson(text) : documentOf(text, arrays);
}

/**
 * Makes something of the documents of a release.
 *
 * @param what it is, in words: "model"
 * @throws ReleaseError where they are not what they should be
 */
export async function ofDocuments<T>({ id }: Release, what: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (cause) {
    if (!(cause instanceof PackingError || cause instanceof ZodError || cause instanceof SyntaxError)) throw cause;
    throw new ReleaseError(`release ${id} holds no ${what} that can be read: ${cause.message}. ${REMEDY}`, { cause });
  }
}
