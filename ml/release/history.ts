// Which releases were in use, one after the other, so that there is a way back. The link alone says which one is; this is
// written before the link is moved, and read by where the link stands, so that it is right whichever of the two was done last.

import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { hasCode, ReleaseError } from '../core/errors.ts';
import { jsonText } from '../core/json.ts';
import { currentPath, isPlace } from './current.ts';
import { MANIFEST } from './files.ts';
import { idOf } from './read.ts';
import { temporaryName } from './temporaries.ts';

export const HISTORY = 'history.json';
/** Nobody goes back further. */
const LONGEST = 100;

const historySchema = z.object({ in_use: z.array(z.string()) });

/** The ids of the releases that were in use in `artifacts`, up to the one that is; the last of them. */
export async function usesOf(artifacts: string): Promise<readonly string[]> {
  const [recorded, current] = [await readHistory(artifacts), await currentId(artifacts)];
  if (current === undefined) return recorded;
  // At most one is recorded after it: what it was gone back from, or what is about to be in use.
  const at = recorded.lastIndexOf(current);
  return at >= 0 && at >= recorded.length - 2 ? recorded.slice(0, at + 1) : [...recorded, current];
}

/** Records which releases were in use, the last of them being the one that is or is about to be. */
export async function recordUses(artifacts: string, uses: readonly string[]): Promise<void> {
  const temporary = join(artifacts, `${temporaryName('writing')}${randomUUID()}`);
  await writeFile(temporary, jsonText({ in_use: uses.slice(-LONGEST) }));
  await rename(temporary, join(artifacts, HISTORY));
}

/** The id of the release in use, whole or not; undefined where there is none, or none can be told. */
export async function currentId(artifacts: string): Promise<string | undefined> {
  try {
    const path = await currentPath(artifacts);
    return isPlace(basename(path)) ? idOf(await readFile(join(path, MANIFEST), 'utf8')) : basename(path);
  } catch (error) {
    if (error instanceof ReleaseError || hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** What is recorded; nothing where there is no record, or one that says nothing. */
async function readHistory(artifacts: string): Promise<readonly string[]> {
  try {
    return historySchema.parse(JSON.parse(await readFile(join(artifacts, HISTORY), 'utf8'))).in_use;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
