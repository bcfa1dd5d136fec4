import type { Release } from '../release/read.ts';
import { readRowsOf, readSidesOf } from '../release/rows.ts';
import type { Rows } from '../selection/rows.ts';

/**
 * The rows of a release as its training had them, from its own files.
 *
 * @throws ReleaseError where it lacks them, or they cannot be read
 */
export async function rowsOfRelease(release: Release): Promise<Rows> {
  const { dataset: declaration, data } = release.manifest;
  const all = await readRowsOf(release, 'data');
  const { split, dropped } = data;
  const sides = await readSidesOf(release);
  return { declaration, all, ...sides, split, dropped, weightless: 0, ignored: [], rounded: [] };
}
