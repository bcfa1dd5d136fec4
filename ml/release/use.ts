// Which release is in use, and how another one comes to be. Each step may be killed, and two may do it at once: the link is
// moved in one step, to a release that was seen to be whole.

import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ReleaseError } from '../core/errors.ts';
import { withAccess } from './access.ts';
import { pointCurrentAt, settleReplaced } from './current.ts';
import { currentId, recordUses, usesOf } from './history.ts';
import { type Release, readFolder } from './read.ts';

/** What a release must be to be used, beyond being whole. @throws ReleaseError where it is not */
export type Check = (release: Release) => Promise<void>;

/** Puts a release of `artifacts` into use, which was seen to be whole. */
export async function useRelease(artifacts: string, id: string): Promise<void> {
  const uses = await usesOf(artifacts);
  if (uses.at(-1) !== id && uses.length > 0) await recordUses(artifacts, [...uses, id]);
  await pointCurrentAt(artifacts, id, (folder) => keepUnderItsId(folder, artifacts));
}

/**
 * Puts an earlier release into use, or one that was never.
 *
 * @throws ReleaseError where it is not whole, or not what `check` asks for; the one in use stays then
 */
export async function promoteRelease(artifacts: string, id: string, check: Check): Promise<Release> {
  return withAccess(artifacts, 'write', async () => {
    const release = await checkedRelease(artifacts, id, check);
    if ((await currentId(artifacts)) !== id) await useRelease(artifacts, id);
    return release;
  });
}

/**
 * Puts the release into use that was in use before the one that is: undoes what a training or a promotion did last, and the
 * next time what was done before that.
 *
 * @throws ReleaseError where there was none, or it is not whole, or not what `check` asks for; the one in use stays then
 */
export async function rollBack(artifacts: string, check: Check): Promise<Release> {
  return withAccess(artifacts, 'write', async () => {
    const uses = await usesOf(artifacts);
    const [before, inUse] = [uses.at(-2), uses.at(-1)];
    if (before === undefined) {
      const known =
        inUse === undefined ? 'no release is in use' : `no release is known to have been in use before ${inUse}`;
      throw new ReleaseError(
        `${known}. npm run releases lists those that there are; put one into use: npm run releases -- promote ID`,
      );
    }
    const release = await checkedRelease(artifacts, before, check);
    // So that the place of the link in it is the only one, even where a release was in use twice.
    await recordUses(artifacts, uses);
    await pointCurrentAt(artifacts, before, (folder) => keepUnderItsId(folder, artifacts));
    return release;
  });
}

async function checkedRelease(artifacts: string, id: string, check: Check): Promise<Release> {
  await settleReplaced(artifacts, (folder) => keepUnderItsId(folder, artifacts));
  const isInPlace = !(await readdir(artifacts)).includes(id) && (await currentId(artifacts)) === id;
  const release = await readFolder(join(artifacts, isInPlace ? 'current' : id), { data: 'optional' });
  await check(release);
  return release;
}

/** Gives a release that lay in the place of `current` the folder that is its own; one that is not whole stays. */
async function keepUnderItsId(folder: string, artifacts: string): Promise<void> {
  const release = await readFolder(folder, { data: 'optional' }).catch((error) => {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  });
  if (release && !(await readdir(artifacts)).includes(release.id)) await rename(folder, join(artifacts, release.id));
}
