import { largestSize, unitOf } from './moments.ts';

/**
 * The share of each class among some rows, at least one.
 *
 * @param targets a class a row: its index, from 0 to below `classes`
 * @param weights how much each row counts: finite, at least 0, not all 0. @default 1 each
 * @returns one number a class, which sum to 1
 */
export function classShares(targets: Float64Array, classes: number, weights?: Float64Array): Float64Array {
  const unit = weights ? unitOf(largestSize(weights)) : 1;
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i] as number;
    const weight = weights ? (weights[i] as number) * unit : 1;
    sums[target] = (sums[target] as number) + weight;
    total += weight;
  }
  return sums.map((sum) => sum / total);
}
