export interface LeafOptions {
  /** Added to the number of rows in a leaf. */
  readonly l2: number;
  readonly learningRate: number;
  readonly leafIterations: number;
}

/**
 * The value of a leaf: the sum of the residuals of its rows ÷ (their rows + l2), times the learning rate. With more
 * iterations what is left of the residuals is estimated again, and added.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, for the squared error.
 */
export function leafValue(residuals: number, rows: number, { l2, learningRate, leafIterations }: LeafOptions): number {
  if (rows === 0) return 0;
  let value = 0;
  for (let iteration = 0; iteration < leafIterations; iteration++) value += (residuals - rows * value) / (rows + l2);
  return learningRate * value;
}
