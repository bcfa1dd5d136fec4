// How the values of a column are distributed, among the rows that were learned from beside those that were held out.

import { type Bins, binsFor, countInBins } from '../charts/bins.ts';
import { quantile } from '../charts/box.ts';
import { frequentLevels } from './frequent-levels.ts';
import type { ViewedColumn } from './viewed-column.ts';
import { type WeightedValues, weightOf } from './weighted-values.ts';

/** The share of known values in each bin, or of each level, by the weights of rows where they have some. */
export type Distribution = NumberDistribution | LevelDistribution;

interface NumberDistribution {
  readonly kind: 'numbers';
  readonly bins: Bins;
  readonly learned: readonly number[];
  readonly held: readonly number[];
  /** How many known values of the sample lie outside of all bins: a few far ones would make one bin of the others. */
  readonly outside: number;
  /** Whether bins have the same width on a logarithmic axis. */
  readonly isLogarithmic: boolean;
}

interface LevelDistribution {
  readonly kind: 'levels';
  readonly levels: readonly { readonly label: string; readonly learned: number; readonly held: number }[];
}

const MOST_LEVELS = 12;
const BINS = 24;
/** The values of the sample that are shown lie between these quantiles, where those beyond are far from them. */
const SHOWN = { low: 0.005, high: 0.995 };
/** How much wider the range of all values has to be than the one shown. */
const FAR = 1.5;
/** From so large a ratio of the upper to the lower end on, values above 0 are shown on a logarithmic axis. */
const ORDERS = 1000;

/**
 * @param learned of a sample of the rows that were learned from
 * @param held of a sample of the others
 */
export function distributionOf(column: ViewedColumn, learned: WeightedValues, held: WeightedValues): Distribution {
  return column.values === 'codes' ? ofLevels(column, learned, held) : ofNumbers(column, learned, held);
}

function ofNumbers({ values }: ViewedColumn, learned: WeightedValues, held: WeightedValues): NumberDistribution {
  const sorted = learned.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) {
    return { kind: 'numbers', bins: { edges: [] }, learned: [], held: [], outside: 0, isLogarithmic: false };
  }
  const isLogarithmic = values === 'number' && isSkewed(sorted);
  const bins = isLogarithmic ? logarithmicBins(sorted) : binsFor(sorted, shownDomain(sorted), BINS);
  return {
    kind: 'numbers',
    bins,
    learned: sharesIn(bins, learned),
    held: sharesIn(bins, held),
    outside: sorted.length - sum(countInBins(sorted, bins)),
    isLogarithmic,
  };
}

/** Of the known values. */
function sharesIn(bins: Bins, { values, weights }: WeightedValues): number[] {
  let known = 0;
  for (const [row, value] of values.entries())
    if (!Number.isNaN(value)) known += weights ? (weights[row] as number) : 1;
  return countInBins(values, bins, weights).map((count) => shareOf(count, known));
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const shareOf = (count: number, of: number) => (of > 0 ? count / of : 0);

/** Whether most of the values would be in one bin, and a logarithm tells them apart. */
function isSkewed(sorted: Float64Array): boolean {
  const [low, high] = [quantile(sorted, 0.02), quantile(sorted, 0.98)];
  return (sorted[0] as number) > 0 && high / low >= ORDERS && quantile(sorted, 0.75) < high / 10;
}

function logarithmicBins(sorted: Float64Array): Bins {
  const [from, to] = [Math.log10(sorted[0] as number), Math.log10(sorted.at(-1) as number)];
  // Three bins an order of magnitude, or as few as there may be.
  const step = Math.max(1 / 3, (to - from) / BINS);
  // Edges are rounded, and still hold all values.
  const [first, last] = [Math.floor(from / step - 0.02), Math.ceil(to / step + 0.02)];
  const edges = Array.from({ length: last - first + 1 }, (_, i) => 10 ** ((first + i) * step));
  return { edges: edges.map((edge) => Math.min(Number.MAX_VALUE, Number(edge.toPrecision(3)))) };
}

function shownDomain(sorted: Float64Array): readonly [number, number] {
  const all = [sorted[0] as number, sorted.at(-1) as number] as const;
  const [low, high] = [quantile(sorted, SHOWN.low), quantile(sorted, SHOWN.high)];
  // Halves, since a range may be more than a number holds.
  return all[1] / 2 - all[0] / 2 > FAR * (high / 2 - low / 2) && low < high ? [low, high] : all;
}

function ofLevels(column: ViewedColumn, learned: WeightedValues, held: WeightedValues): LevelDistribution {
  const byCode = new Map<number, number>();
  for (const [row, code] of held.values.entries()) byCode.set(code, (byCode.get(code) ?? 0) + weightOf(held, [row]));
  const [ofLearned, ofHeld] = [weightOf(learned), weightOf(held)];
  return {
    kind: 'levels',
    levels: frequentLevels(column, learned, MOST_LEVELS).map(({ label, codes, rows }) => ({
      label,
      learned: shareOf(weightOf(learned, rows), ofLearned),
      held: shareOf(sum(codes.map((code) => byCode.get(code) ?? 0)), ofHeld),
    })),
  };
}
