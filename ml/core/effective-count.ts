import { largestSize, unitOf } from './moments.ts';

/**
 * How many rows of equal weight tell as much: the square of the weights' sum over the sum of their squares.
 *
 * Source: Kish 1965, Survey sampling.
 *
 * @param weights at least 0, not all 0
 */
export function effectiveCount(weights: ArrayLike<number>): number {
  // Squares of weights near 1e300 would be infinite.
  const unit = unitOf(largestSize(weights));
  let [sum, squares] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const weight = (weights[i] as number) * unit;
    sum += weight;
    squares += weight ** 2;
  }
  return sum ** 2 / squares;
}
