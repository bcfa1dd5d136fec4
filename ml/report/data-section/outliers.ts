import type { NumberSummary } from './summary.ts';

/** Values far from the others. */
export interface Outliers {
  /** What lies outside of these is far out. */
  readonly fences: { readonly low: number; readonly high: number };
  readonly count: number;
  /** The farthest, the farthest first. */
  readonly worst: readonly number[];
}

const WORST = 3;
/** Tukey's outer fences: of normal values, one in 425,000 lies outside. The inner ones call too much of a skewed column far out. */
const FENCE = 3;

/**
 * The values that lie more than three interquartile ranges outside of the quartiles.
 *
 * Source: Tukey 1977, Exploratory Data Analysis.
 *
 * @param values NaN where they are missing
 * @returns undefined where half of the values or more are the same, so that nothing is a range
 */
export function outliersOf(values: Float64Array, { q1, q3 }: NumberSummary): Outliers | undefined {
  const range = q3 - q1;
  if (!(range > 0)) return undefined;
  const fences = { low: q1 - FENCE * range, high: q3 + FENCE * range };
  const outside: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < fences.low || value > fences.high) outside.push(value);
  }
  const distance = (value: number) => (value < fences.low ? fences.low - value : value - fences.high);
  return { fences, count: outside.length, worst: farthest(outside, distance) };
}

function farthest(values: readonly number[], distance: (value: number) => number): number[] {
  const worst: number[] = [];
  for (const value of values) {
    if (worst.length === WORST && distance(value) <= distance(worst.at(-1) as number)) continue;
    worst.push(value);
    worst.sort((a, b) => distance(b) - distance(a));
    worst.length = Math.min(worst.length, WORST);
  }
  return worst;
}
