import { largestSize, momentsOf, unitOf } from './moments.ts';

/** How far predictions are from the truth: R² (1 is perfect, 0 no better than the mean), and errors in the target's unit. */
export interface Scores {
  readonly r2: number;
  readonly rmse: number;
  readonly mae: number;
}

/**
 * Compares one prediction a row with the truth. An error that no number holds gives scores that are not finite.
 *
 * A constant truth leaves R² undefined; it is then 1 if every prediction is right, else 0.
 * Source: scikit-learn 1.9, `r2_score`, `root_mean_squared_error` and `mean_absolute_error`; unlike there, a constant is
 * found by comparing values, and squares neither overflow nor vanish.
 *
 * @param weights how much each row counts: finite, at least 0, not all 0. @default 1 each
 */
export function regressionScores(truth: Float64Array, predicted: Float64Array, weights?: Float64Array): Scores {
  if (truth.length === 0 || predicted.length !== truth.length)
    throw new Error(`${predicted.length} predictions for ${truth.length} rows`);
  const errors = truth.map((y, i) => (weights?.[i] === 0 ? 0 : y - (predicted[i] as number)));
  const unit = unitOf(largestSize(errors));
  const weightUnit = weights ? unitOf(largestSize(weights)) : 1;
  let total = 0;
  let squared = 0;
  let absolute = 0;
  for (let i = 0; i < errors.length; i++) {
    const weight = weights ? (weights[i] as number) * weightUnit : 1;
    const error = (errors[i] as number) * unit;
    total += weight;
    squared += weight * error * error;
    absolute += weight * Math.abs(error);
  }
  const { deviation } = momentsOf(truth, weights);
  const rmse = Math.sqrt(squared / total) / unit;
  return { r2: r2Of(rmse, deviation), rmse, mae: absolute / total / unit };
}

/** R² of a root mean squared error, where the truth has this standard deviation. */
export function r2Of(rmse: number, deviation: number): number {
  return deviation === 0 ? Number(rmse === 0) : 1 - (rmse / deviation) ** 2;
}
