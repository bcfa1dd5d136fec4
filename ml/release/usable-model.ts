import { ReleaseError } from '../core/errors.ts';
import { isEstimator } from '../estimators/index.ts';
import { type Model, partsOf } from '../estimators/model.ts';
import { readModel } from './model.ts';
import type { Release } from './read.ts';

/**
 * The model of a release that was read.
 *
 * @throws ReleaseError where its documents are none of a model, or it needs an estimator that this version lacks
 */
export async function readUsableModel(release: Release): Promise<Model> {
  const model = await readModel(release);
  for (const { estimator, task } of partsOf(model)) {
    if (!isEstimator(estimator, task))
      throw new ReleaseError(
        `release ${release.id} needs the estimator ${estimator}, which this version of Plumbline lacks`,
      );
  }
  return model;
}
