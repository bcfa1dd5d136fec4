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

/** Spearman's rank correlation: Pearson's of the ranks, of which equal numbers share the mean of theirs. */
export const spearman = (x: Float64Array, y: Float64Array): number => pearson(ranksOf(x), ranksOf(y));

/** The rank of each number, from 1; equal ones have the mean of their ranks. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let k = start; k < end; k++) ranks[order[k] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
