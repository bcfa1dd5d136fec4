import { randomUUID } from 'node:crypto';
import { cp, lstat, readlink, realpath, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, ReleaseError } from '../core/errors.ts';
import { temporaryName } from './temporaries.ts';

export const REMEDY = 'Train again (npm run train), or put a whole one into use (npm run releases).';

/** The link to the release in use. It may be a folder instead, where links were followed as `artifacts` was copied. */
const CURRENT = 'current';
/** Where such a folder lies while a link takes its place: one cannot be renamed onto the other. */
const REPLACED = 'current.replaced';

/** Whether a folder of this name is called by its place, and not by its release's id. */
export const isPlace = (name: string): boolean => name === CURRENT || name === REPLACED;

/** Whether `artifacts` has a release in use, whole or not. */
export async function hasCurrent(artifacts: string): Promise<boolean> {
  return (
    (await kindOf(join(artifacts, CURRENT))) !== 'nothing' || (await kindOf(join(artifacts, REPLACED))) === 'folder'
  );
}

/**
 * The folder of the release in use.
 *
 * @throws ReleaseError if there is none
 */
export async function currentPath(artifacts: string): Promise<string> {
  const current = join(artifacts, CURRENT);
  try {
    return await realpath(current);
  } catch (cause) {
    if (hasCode(cause, 'ELOOP')) throw new ReleaseError(`${current} points to itself. ${REMEDY}`, { cause });
    if (!hasCode(cause, 'ENOENT')) throw cause;
    const target = await readlink(current).catch(() => undefined);
    if (target !== undefined)
      throw new ReleaseError(`${current} points to ${target}, which does not exist. ${REMEDY}`, { cause });
    // Killed between the two renames of `pointCurrentAt`.
    if ((await kindOf(join(artifacts, REPLACED))) === 'folder') return join(artifacts, REPLACED);
    throw new ReleaseError(`there is no release in ${artifacts} yet. Train one: npm run train`, { cause });
  }
}

/**
 * Points the link at the release `id`, whatever was in its place. Where that was a folder, `settle` takes it over from
 * where it was put, or leaves it to be removed; killed in between, it is still the one in use.
 */
export async function pointCurrentAt(
  artifacts: string,
  id: string,
  settle: (folder: string) => Promise<void>,
): Promise<void> {
  const [current, replaced] = [join(artifacts, CURRENT), join(artifacts, REPLACED)];
  if ((await kindOf(current)) === 'folder') {
    await rm(replaced, { recursive: true, force: true });
    await rename(current, replaced);
  }
  const link = join(artifacts, `${temporaryName('current')}${randomUUID()}`);
  await symlink(id, link);
  await rename(link, current);
  await settleReplaced(artifacts, settle);
}

/** Takes a folder over that lay in the link's place, where `pointCurrentAt` was killed before it did. */
export async function settleReplaced(artifacts: string, settle: (folder: string) => Promise<void>): Promise<void> {
  const replaced = join(artifacts, REPLACED);
  if ((await kindOf(replaced)) !== 'folder' || (await kindOf(join(artifacts, CURRENT))) !== 'other') return;
  await settle(replaced);
  await rm(replaced, { recursive: true, force: true });
}

/** Whether a link leads to the release in use, as training leaves it, and none lies in the link's place. */
export async function isLinked(artifacts: string): Promise<boolean> {
  return (await kindOf(join(artifacts, CURRENT))) === 'other';
}

/** Copies a release into an empty folder, which is a folder of releases then that has it in use. */
export async function copyRelease(
  { id, path }: { readonly id: string; readonly path: string },
  folder: string,
): Promise<void> {
  await cp(path, join(folder, id), { recursive: true });
  await linkCurrent(folder, id);
}

/** Puts a release into use in a folder that has none in use. */
export async function linkCurrent(folder: string, id: string): Promise<void> {
  await symlink(id, join(folder, CURRENT));
}

async function kindOf(path: string): Promise<'folder' | 'other' | 'nothing'> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'nothing';
    throw error;
  }
}
