import { largestSize, meanOf, unitOf } from '../core/moments.ts';

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
  rows: Uint32Array = Uint32Array.from(codes.keys()),
): ShrunkenMeans {
  const counted = rows.filter((row) => !Number.isNaN(values[row]) && weights?.[row] !== 0);
  const means = new Float64Array(levels);
  if (counted.length === 0) return { means, differ: false };
  const pick = (of: Float64Array) => Float64Array.from(counted, (row) => of[row] as number);
  const known = pick(values);
  const mean = meanOf(known, weights && pick(weights));
  const unit = unitOf(largestSize(known)) / 4;
  const totals = new Float64Array(levels);
  // Of the distances from the mean, so that no digits are lost.
  const sums = new Float64Array(levels);
  let squares = 0;
  for (const row of counted) {
    const code = codes[row] as number;
    const weight = weights?.[row] ?? 1;
    const distance = (values[row] as number) * unit - mean * unit;
    totals[code] = (totals[code] as number) + weight;
    sums[code] = (sums[code] as number) + weight * distance;
    squares += weight * distance * distance;
  }
  const { within, between } = variances(totals, sums, squares);
  for (let code = 0; code < levels; code++) {
    const total = totals[code] as number;
    const kept = between === 0 ? 0 : 1 / (1 + within / (total * between));
    means[code] = total === 0 || kept === 0 ? mean : mean + (kept * ((sums[code] as number) / total)) / unit;
  }
  return { means, differ: between > 0 };
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
