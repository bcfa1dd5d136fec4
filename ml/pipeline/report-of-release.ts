import { ReleaseError } from '../core/errors.ts';
import type { Release } from '../release/read.ts';
import { hasRows, readSidesOf } from '../release/rows.ts';
import { readTrust } from '../release/trust.ts';
import { readUsableModel } from '../release/usable-model.ts';
import { reportPage } from '../report/report-page.ts';

/**
 * The report of a release that was read, made anew: an HTML document, which has the bytes of the one that the release keeps where
 * the same version made that.
 *
 * @param onRows told every so often how many rows were read
 * @throws ReleaseError where it lacks its rows, or holds no model that this version can use
 */
export async function reportOfRelease(release: Release, onRows?: (rows: number) => void): Promise<string> {
  const { id, manifest } = release;
  if (!hasRows(release)) throw new ReleaseError(`release ${id} lacks its rows, so that no report can be made of it`);
  const model = await readUsableModel(release);
  return reportPage({ manifest, model, trust: await readTrust(release) }, await readSidesOf(release, onRows));
}
