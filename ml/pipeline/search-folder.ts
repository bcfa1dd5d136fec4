// The folder of a search belongs to one process at a time: the same search in two of them would write over each other.

import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../core/errors.ts';
import { processName, stateOf } from '../core/process-name.ts';

/** Holds the name of the process whose folder it is. */
const LOCK = 'lock';
/** Where it cannot be told whether that process runs, a folder that was taken so long ago is free. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
/** So many folders of searches are kept, the newest. */
const KEPT = 20;

/** A folder that is this training's own until it gives it back. */
interface SearchFolder {
  readonly path: string;
  giveBack(): Promise<void>;
}

/**
 * Takes the folder of a search: that of its name, or with a number where the same search runs there.
 *
 * @param isWanted whether a folder that is free will do
 * @returns undefined where none will
 */
export async function takeFolder(
  path: string,
  isWanted: (path: string) => Promise<boolean>,
): Promise<SearchFolder | undefined> {
  for (let number = 1; ; number++) {
    const own = number === 1 ? path : `${path}-${number}`;
    const isNew = (await mkdir(own, { recursive: true })) !== undefined;
    if (!(await takeLock(own))) continue;
    const folder = { path: own, giveBack: () => rm(join(own, LOCK), { force: true }) };
    if (await isWanted(own)) return folder;
    if (isNew) {
      await rm(own, { recursive: true });
      return undefined;
    }
    await folder.giveBack();
  }
}

/** Removes the folders of old searches, but for those of searches that may still run. */
export async function forgetOldSearches(searches: string): Promise<void> {
  const folders: { path: string; time: number }[] = [];
  for (const name of await readdir(searches)) {
    const path = join(searches, name);
    // Another training may remove the same at this moment.
    const about = await stat(path).catch(() => undefined);
    if (about?.isDirectory()) folders.push({ path, time: about.mtimeMs });
  }
  for (const { path } of folders.sort((a, b) => b.time - a.time).slice(KEPT)) {
    if (await takeLock(path).catch(() => false)) await rm(path, { recursive: true, force: true });
  }
}

async function takeLock(folder: string): Promise<boolean> {
  const lock = join(folder, LOCK);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(lock, processName(), { flag: 'wx' });
      return true;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    if (!(await isFree(lock))) return false;
    await rm(lock, { force: true });
  }
  return false;
}

/** Whether the process that took a lock has ended. */
async function isFree(lock: string): Promise<boolean> {
  try {
    const state = stateOf(await readFile(lock, 'utf8'));
    if (state !== 'unknown') return state === 'ended';
    return Date.now() - (await stat(lock)).mtimeMs > ABANDONED_MS;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
}
