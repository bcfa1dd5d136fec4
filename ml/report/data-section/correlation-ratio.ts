import { momentsOf } from '../../core/moments.ts';

/**
 * The correlation ratio of numbers by codes: the root of the share of their variance that lies between levels, corrected for
 * what chance alone would come to (the root of ε²): 0 to 1; NaN where one of them does not vary.
 *
 * Source: Kelley 1935, Proceedings of the National Academy of Sciences 21(9).
 *
 * @param codes of one length with the numbers
 */
export function correlationRatio(codes: Float64Array, numbers: Float64Array): number {
  const n = numbers.length;
  if (n < 2) return Number.NaN;
  const { mean, deviation } = momentsOf(numbers);
  const sums = new Map<number, { count: number; sum: number }>();
  for (let i = 0; i < n; i++) {
    const level = sums.get(codes[i] as number) ?? { count: 0, sum: 0 };
    level.count++;
    level.sum += ((numbers[i] as number) - mean) / deviation;
    sums.set(codes[i] as number, level);
  }
  const levels = sums.size;
  if (levels < 2 || deviation === 0) return Number.NaN;
  if (levels === n) return 0;
  let between = 0;
  for (const { count, sum } of sums.values()) between += (sum * sum) / count;
  const share = between / n;
  return Math.sqrt(Math.max(0, 1 - (1 - share) * ((n - 1) / (n - levels))));
}
