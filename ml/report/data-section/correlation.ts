import { lowerBound, upperBound } from '../../core/binary-search.ts';
import { momentsOf } from '../../core/moments.ts';

/**
 * Pearson's correlation of two lists of finite numbers of one length; NaN where one of them does not vary.
 */
export function pearson(x: Float64Array, y: Float64Array): number {
  if (x.length < 2) return Number.NaN;
  const [a, b] = [momentsOf(x), momentsOf(y)];
  if (a.deviation === 0 || b.deviation === 0) return Number.NaN;
  let sum = 0;
  // Of standardised numbers, so that no product is more than a number holds.
  for (let i = 0; i < x.length; i++) {
    sum += (((x[i] as number) - a.mean) / a.deviation) * (((y[i] as number) - b.mean) / b.deviation);
  }
  return Math.max(-1, Math.min(1, sum / x.length));
}

/** The rank of each number, from 1; equal ones have the mean of their ranks. */
export function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.toSorted();
  return values.map((value) => {
    const first = lowerBound(sorted, value);
    return (first + 1 + upperBound(sorted, value, first)) / 2;
  });
}
