/**
 * The learning rate that CatBoost takes for RMSE where none is given: slower where iterations are many, faster where rows
 * are, and at most 0.5.
 *
 * Source: CatBoost 1.2, seen in `get_all_params()` at many sizes; `bestModel` where iterations past the best are cut off.
 */
export function automaticLearningRate(rows: number, iterations: number, bestModel: boolean): number {
  const [byRows, constant, byIterations] = bestModel ? [0.157, -4.062, -0.61] : [0.158, -4.287, -0.813];
  const rate = Math.exp(byRows * Math.log(rows) + constant + byIterations * Math.log(iterations / 1000));
  return Math.fround(Math.round(Math.min(rate, 0.5) * 1e6) / 1e6);
}
