import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withAccess } from './access.ts';

/**
 * Where the last candidate lies that the threshold held back: a folder of releases of its own, so that nothing serves it
 * and the same training at a lower threshold finds it. There is one at most.
 */
export function heldBackFolder(artifacts: string): string {
  return join(artifacts, 'held-back');
}

/** Removes what was held back before `id`; all, where a training led to a release. */
export async function forgetHeldBack(artifacts: string, except?: string): Promise<void> {
  const folder = heldBackFolder(artifacts);
  await withAccess(artifacts, 'write', async () => {
    if (except === undefined) return rm(folder, { recursive: true, force: true });
    const earlier = (await readdir(folder)).filter((name) => /^[0-9a-f]+$/.test(name) && name !== except);
    for (const name of earlier) await rm(join(folder, name), { recursive: true, force: true });
  });
}
