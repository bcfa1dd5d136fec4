import { estimatorNamed } from '../estimators/index.ts';
import { type Model, partsOf } from '../estimators/model.ts';

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
