import type { Release } from '../release/read.ts';
import { readRowsOf } from '../release/rows.ts';
import type { Rows } from '../selection/rows.ts';

/**
 * The rows of a release as its training had them, from its own files.
 *
 * @throws ReleaseError where it lacks them, or they cannot be read
 */
export async function rowsOfRelease(release: Release): Promise<Rows> {
  const { dataset: declaration, data } = release.manifest;
  const [all, train, test] = [
    await readRowsOf(release, 'data'),
    await readRowsOf(release, 'train'),
    await readRowsOf(release, 'test'),
  ];
  const { split, dropped } = data;
  return { declaration, all, train, test, split, dropped, weightless: 0, ignored: [], rounded: [] };
}
