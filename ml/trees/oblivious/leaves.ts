export interface LeafOptions {
  /** Added to the number of rows in a leaf. */
  readonly l2: number;
  readonly learningRate: number;
  readonly leafIterations: number;
}

/**
 * The values of leaves: the sum of the residuals of their rows ÷ (their rows + l2), times the learning rate. With more
 * iterations what is left of the residuals is estimated again, and added.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, for the squared error.
 */
export function leafValues(
  residuals: Float64Array,
  leafOf: Uint16Array,
  leaves: number,
  { l2, learningRate, leafIterations }: LeafOptions,
): Float64Array {
  const sums = new Float64Array(leaves);
  const counts = new Float64Array(leaves);
  for (let i = 0; i < leafOf.length; i++) {
    const leaf = leafOf[i]!;
    sums[leaf]! += residuals[i]!;
    counts[leaf]! += 1;
  }
  return sums.map((sum, leaf) => {
    const count = counts[leaf]!;
    if (count === 0) return 0;
    let value = 0;
    for (let iteration = 0; iteration < leafIterations; iteration++) value += (sum - count * value) / (count + l2);
    return learningRate * value;
  });
}
