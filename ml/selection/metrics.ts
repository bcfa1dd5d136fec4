import { DataError } from '../core/errors.ts';
import { regressionScores, type Scores } from '../core/regression-scores.ts';

export type { Scores } from '../core/regression-scores.ts';

/**
 * Scores predictions against the truth, each row by its weight.
 *
 * @param weights finite, at least 0, not all 0. @default 1 each
 * @throws DataError where a score is not finite: predictions that are not, or errors that are too large
 */
export function score(truth: Float64Array, predicted: Float64Array, weights?: Float64Array): Scores {
  return checkedScores(regressionScores(truth, predicted, weights));
}

/** The same scores. @throws DataError where one is not finite */
export function checkedScores(scores: Scores): Scores {
  const { r2, rmse, mae } = scores;
  if (Number.isFinite(r2) && Number.isFinite(rmse) && Number.isFinite(mae)) return scores;
  throw new DataError(`it cannot be scored, since its errors are too large: R² is ${r2}, RMSE ${rmse}, MAE ${mae}`);
}
