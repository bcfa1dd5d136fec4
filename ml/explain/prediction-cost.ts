import { estimatorNamed } from '../estimators/index.ts';
import { type Model, partsOf } from '../estimators/model.ts';
import { widthOf } from '../features/encoded-rows.ts';

/** A fit of more trees than these, each counted once a class, counts as several. */
const TREES_OF_ONE = 2000;

/**
 * What predicting a row costs, in predictions of a usual fit: no clock, so that what hangs on it is the same on every machine.
 *
 * @param classes how many the target has; 0 of a number
 */
export function predictionCost(model: Model, classes: number): number {
  // How many numbers a round says of a row.
  const outputs = classes > 2 ? classes : 1;
  return partsOf(model).reduce((sum, { estimator, task, state }) => {
    const rounds = estimatorNamed(estimator, task).staged?.count(state) ?? 1;
    return sum + Math.max(1, (rounds * outputs) / TREES_OF_ONE);
  }, 0);
}

/** A 0/1 column takes such a share of what a column takes that is encoded, and so does a column of a training row. */
const ZERO = 1 / 32;
const COMPARED = 1 / 16;

/** How many numbers are made to predict a row, with those of training rows that it is compared with. */
export function cellsOfPrediction(model: Model): number {
  return partsOf(model).reduce((sum, { estimator, task, state, preprocessor }) => {
    const width = preprocessor.columns.reduce((all, encoding) => all + 1 + ZERO * (widthOf(encoding) - 1), 0);
    const compared = estimatorNamed(estimator, task).comparedRows?.(state) ?? 0;
    return sum + Math.max(1, width) * (1 + COMPARED * compared);
  }, 0);
}
