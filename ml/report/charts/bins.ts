// Numbers in bins, for a histogram.

import { upperBound } from '../../core/binary-search.ts';
import { formatExact } from '../../core/format-number.ts';
import { rangeOf } from '../../data/range.ts';
import { type Domain, roundEdges } from './ticks.ts';

export interface Bins {
  /** The ends of the bins, ascending: one more than there are bins. The last bin holds its upper end, the others do not. */
  readonly edges: readonly number[];
  /** What each bin is called, where it is not from one end to the other: a whole number has a bin of its own. */
  readonly labels?: readonly string[];
}

/** Whole numbers that are no more than these have a bin each. */
const MOST_WHOLE = 31;
/** Beyond, a number and a half is none. */
const LARGEST_WHOLE = 1e15;

/**
 * Round bins for numbers within a domain.
 *
 * @param values finite ones, in any order
 * @param most how many bins there are, about
 */
export function binsFor(values: ArrayLike<number>, [from, to]: Domain, most = 24): Bins {
  if (to - from < MOST_WHOLE && isWhole(values)) {
    const numbers = Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
    return {
      edges: [...numbers.map((number) => number - 0.5), Math.floor(to) + 0.5],
      labels: numbers.map(formatExact),
    };
  }
  if (from < to) return { edges: roundEdges([from, to], most) };
  return { edges: roundEdges([from - Math.abs(from) * 0.01, from + Math.abs(from) * 0.01], 3) };
}

function isWhole(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++)
    if (!Number.isInteger(values[i]) || Math.abs(values[i] as number) > LARGEST_WHOLE) return false;
  return true;
}

/**
 * How many values each bin holds; those that lie in none, and what is no number, count nowhere.
 *
 * @param weights how often each value counts. @default once
 */
export function countInBins(values: ArrayLike<number>, { edges }: Bins, weights?: Float64Array): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const ends = Float64Array.from(edges);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i] as number, ends);
    if (bin >= 0) counts[bin] = (counts[bin] as number) + (weights ? (weights[i] as number) : 1);
  }
  return counts;
}

/** The bin that holds a value; -1 where none does. */
function binOf(value: number, ends: Float64Array): number {
  const last = ends.length - 2;
  if (value === ends[last + 1]) return last;
  const bin = upperBound(ends, value) - 1;
  // NaN is above nothing, and so below all.
  return bin <= last && value >= (ends[0] as number) ? bin : -1;
}

/** What a histogram of one set of numbers shows. */
export interface Binned extends Bins {
  readonly counts: readonly number[];
}

/**
 * Numbers in round bins, or in given ones; what is not finite is in none.
 *
 * @param options `bins` how many there are, about; `edges` the ends of given ones
 */
export function binned(
  values: ArrayLike<number>,
  options: { readonly bins?: number; readonly edges?: readonly number[] } = {},
): Binned {
  const known = Float64Array.from(values).filter(Number.isFinite);
  if (options.edges) return { edges: options.edges, counts: countInBins(known, { edges: options.edges }) };
  if (known.length === 0) return { edges: [], counts: [] };
  const { min, max } = rangeOf(known);
  const bins = binsFor(known, [min, max], options.bins);
  return { ...bins, counts: countInBins(known, bins) };
}
