import { isDeepStrictEqual } from 'node:util';
import { ReleaseError } from '../core/errors.ts';
import { type Release, readRelease } from '../release/read.ts';
import { checkRows } from '../release/rows.ts';
import type { Plan } from '../selection/plan.ts';
import type { Rows } from '../selection/rows.ts';
import { csvHash } from './csv-hash.ts';
import { codeHash, versions } from './versions.ts';

/** What a training is asked to do; not what it asks of the result. */
export interface Training {
  readonly rows: Rows;
  readonly plan: Plan;
  readonly seed: number;
}

/**
 * The release in use in `artifacts`, if this training would come to the same: same data, declaration, rows held out and
 * plan, same code and versions. All is the same then but for the threshold and the commit.
 */
export async function findUnchanged(artifacts: string, training: Training): Promise<Release | undefined> {
  const release = await readRelease(artifacts).catch((error) => {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  });
  if (!release) return undefined;
  const { code, seed, dataset, plan, data, files, versions: trainedBy } = release.manifest;
  const { declaration, all, test, split } = training.rows;
  const same =
    data.split === split &&
    seed === training.seed &&
    isDeepStrictEqual(trainedBy, versions()) &&
    isDeepStrictEqual(dataset, declaration) &&
    isDeepStrictEqual(plan, training.plan) &&
    code === codeHash() &&
    data.rows === all.rows &&
    data.sha256 === (await csvHash(declaration, all)) &&
    files.test.sha256 === (await csvHash(declaration, test));
  return same && (await areRowsWhole(release)) ? release : undefined;
}

/** Training mends rows that are damaged. */
async function areRowsWhole(release: Release): Promise<boolean> {
  try {
    await checkRows(release);
    return true;
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}
