// What is being written has a name of its own, which tells who writes it, so that what a killed training left can be
// told from what another one is writing at this moment: in this container, in another, or on another host.

import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../core/errors.ts';
import { PROCESS_NAME, processName, stateOf } from '../core/process-name.ts';

/** Far longer than any release takes to write; what nobody touched for so long is abandoned, whoever wrote it. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** What may be abandoned: the names below, and those of earlier versions, which tell no owner. */
const TEMPORARY = /^\.(writing|current)-|^current\..*\.tmp$/;

/** A name that tells its owner. */
const OWNED = new RegExp(`^\\.\\w+-(${PROCESS_NAME})-`);

/** The start of a temporary's name; a random end makes it unique. */
export function temporaryName(what: 'writing' | 'current'): string {
  return `.${what}-${processName()}-`;
}

/** Removes what trainings that were killed left behind, and only what surely is. */
export async function removeAbandoned(artifacts: string): Promise<void> {
  for (const name of await readdir(artifacts)) {
    if (!TEMPORARY.test(name)) continue;
    const path = join(artifacts, name);
    if (await isAbandoned(path, name)) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [, writer] = OWNED.exec(name) ?? [];
  const state = writer === undefined ? 'unknown' : stateOf(writer);
  if (state !== 'unknown') return state === 'ended';
  return Date.now() - (await lastTouched(path)) > ABANDONED_MS;
}

/** When something in it was last written, in ms; what has gone meanwhile was written now. */
async function lastTouched(path: string): Promise<number> {
  try {
    const paths = [path, ...(await namesIn(path)).map((name) => join(path, name))];
    const times = await Promise.all(paths.map(async (each) => (await lstat(each)).mtimeMs));
    return Math.max(...times);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return Date.now();
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  return (await lstat(path)).isDirectory() ? readdir(path) : [];
}
