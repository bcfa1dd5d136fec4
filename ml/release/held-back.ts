import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withAccess } from './access.ts';
import { HISTORY } from './history.ts';

/**
 * Where the last candidate lies that only the threshold or the release in use held back: a folder of releases of its own, so that
 * nothing serves it and the same training finds it that is asked less, or forced. There is one at most.
 */
export function heldBackFolder(artifacts: string): string {
  return join(artifacts, 'held-back');
}

/** Removes what was held back before `id`; all, where a training led to a release. */
export async function forgetHeldBack(artifacts: string, except?: string): Promise<void> {
  const folder = heldBackFolder(artifacts);
  await withAccess(artifacts, 'write', async () => {
    if (except === undefined) return rm(folder, { recursive: true, force: true });
    const isEarlier = (name: string) => /^[0-9a-f]+$/.test(name) && name !== except;
    const earlier = (await readdir(folder)).filter((name) => isEarlier(name) || name === HISTORY);
    for (const name of earlier) await rm(join(folder, name), { recursive: true, force: true });
  });
}
