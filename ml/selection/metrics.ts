import { DataError } from '../core/errors.ts';
import { largestSize, momentsOf, unitOf } from '../core/moments.ts';

/** How far predictions are from the truth: R² (1 is perfect, 0 no better than the mean), and errors in the target's unit. */
export interface Scores {
  readonly r2: number;
  readonly rmse: number;
  readonly mae: number;
}

/**
 * Scores predictions against the truth.
 *
 * A constant truth leaves R² undefined; it is then 1 if every prediction is right, else 0.
 * Source: scikit-learn 1.9, `r2_score`; unlike there, a constant is found by comparing values, and squares neither
 * overflow nor vanish.
 *
 * @throws DataError where a score is not finite: predictions that are not, or errors that are too large
 */
export function score(truth: Float64Array, predicted: Float64Array): Scores {
  const n = truth.length;
  if (n === 0 || predicted.length !== n) throw new Error(`${predicted.length} predictions for ${n} rows`);
  const errors = truth.map((y, i) => y - (predicted[i] as number));
  const unit = unitOf(largestSize(errors));
  let squared = 0;
  let absolute = 0;
  for (let i = 0; i < n; i++) {
    const error = (errors[i] as number) * unit;
    squared += error * error;
    absolute += Math.abs(error);
  }
  const { deviation } = momentsOf(truth);
  const rmse = Math.sqrt(squared / n) / unit;
  const r2 = deviation === 0 ? Number(squared === 0) : 1 - (rmse / deviation) ** 2;
  return checkedScores({ r2, rmse, mae: absolute / n / unit });
}

/** The same scores. @throws DataError where one is not finite */
export function checkedScores(scores: Scores): Scores {
  const { r2, rmse, mae } = scores;
  if (Number.isFinite(r2) && Number.isFinite(rmse) && Number.isFinite(mae)) return scores;
  throw new DataError(`it cannot be scored, since its errors are too large: R² is ${r2}, RMSE ${rmse}, MAE ${mae}`);
}
