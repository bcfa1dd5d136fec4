import { unitOf } from '../core/moments.ts';

/** The mean of some numbers by level. */
export interface ShrunkenMeans {
  /** Of each level; of one without rows the mean of all. */
  readonly means: Float64Array;
  /** Whether the levels differ by more than chance. */
  readonly differ: boolean;
}

/**
 * The means of numbers by level, each drawn to the mean of all by as much as chance would explain: a level of few rows is
 * known little. Levels are taken for draws from one population, whose variance between levels τ² and within them σ² are
 * estimated from the rows (analysis of variance); a level of weight n keeps n τ² / (n τ² + σ²) of its distance.
 *
 * Source: Efron and Morris 1975, JASA 70(350); the variances are those of Searle 1971, Linear Models, chapter 10.
 *
 * @param codes the level of each row, from 0 to below `levels`
 * @param values finite, or NaN in rows that do not count
 * @param rows which rows to learn from. @default all
 */
export function shrunkenMeans(
  codes: Int32Array,
  levels: number,
  values: Float64Array,
  weights: Float64Array | undefined,
  rows?: Uint32Array,
): ShrunkenMeans {
  const { unit, mean, total } = scaledMean(values, weights, rows);
  const means = new Float64Array(levels);
  if (total === 0) return { means, differ: false };
  const totals = new Float64Array(levels);
  // Of the distances from the mean, so that no digits are lost.
  const sums = new Float64Array(levels);
  let squares = 0;
  const count = rows?.length ?? codes.length;
  for (let i = 0; i < count; i++) {
    const row = rows ? (rows[i] as number) : i;
    const distance = (values[row] as number) * unit - mean;
    const weight = weights ? (weights[row] as number) : 1;
    if (Number.isNaN(distance) || weight === 0) continue;
    const code = codes[row] as number;
    totals[code] = (totals[code] as number) + weight;
    sums[code] = (sums[code] as number) + weight * distance;
    squares += weight * distance * distance;
  }
  const { within, between } = variances(totals, sums, squares);
  for (let code = 0; code < levels; code++) {
    const total = totals[code] as number;
    const kept = between === 0 ? 0 : 1 / (1 + within / (total * between));
    const distance = total === 0 ? 0 : kept * ((sums[code] as number) / total);
    means[code] = (mean + distance) / unit;
  }
  return { means, differ: between > 0 };
}

/** The mean of what is known, in units that bring the largest value close to 1, and the weight of all rows. */
function scaledMean(
  values: Float64Array,
  weights: Float64Array | undefined,
  rows: Uint32Array | undefined,
): { unit: number; mean: number; total: number } {
  const count = rows?.length ?? values.length;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const size = Math.abs(values[rows ? (rows[i] as number) : i] as number);
    if (size > largest) largest = size;
  }
  const unit = unitOf(largest) / 4;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const row = rows ? (rows[i] as number) : i;
    const value = values[row] as number;
    const weight = weights ? (weights[row] as number) : 1;
    if (Number.isNaN(value) || weight === 0) continue;
    total += weight;
    sum += weight * (value * unit);
  }
  return { unit, mean: total === 0 ? 0 : sum / total, total };
}

/** The variances within and between levels, by the method of moments; none between where it cannot be told. */
function variances(totals: Float64Array, sums: Float64Array, squares: number): { within: number; between: number } {
  let seen = 0;
  let all = 0;
  let largest = 0;
  let explained = 0;
  for (let code = 0; code < totals.length; code++) {
    const total = totals[code] as number;
    if (total === 0) continue;
    seen += 1;
    all += total;
    largest += total * total;
    explained += (sums[code] as number) ** 2 / total;
  }
  if (seen < 2 || all <= seen) return { within: 0, between: 0 };
  const within = Math.max(0, squares - explained) / (all - seen);
  const between = Math.max(0, explained - (seen - 1) * within) / (all - largest / all);
  return { within, between };
}
