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
 * Source: scikit-learn 1.9, `r2_score`.
 */
export function score(truth: Float64Array, predicted: Float64Array): Scores {
  const n = truth.length;
  if (n === 0 || predicted.length !== n) throw new Error(`${predicted.length} predictions for ${n} rows`);
  const mean = truth.reduce((sum, y) => sum + y, 0) / n;
  let squared = 0;
  let absolute = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const y = truth[i] as number;
    const error = y - (predicted[i] as number);
    squared += error * error;
    absolute += Math.abs(error);
    total += (y - mean) * (y - mean);
  }
  const r2 = total === 0 ? Number(squared === 0) : 1 - squared / total;
  return { r2, rmse: Math.sqrt(squared / n), mae: absolute / n };
}
