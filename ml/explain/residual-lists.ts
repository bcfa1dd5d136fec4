// Sorted residuals, and quantiles of several such lists of which each is shifted: found by search, without sorting anew.

import { lowerBound, upperBound } from '../core/binary-search.ts';

/** Out-of-fold residuals of the rows that the same parts of a model have not learned from: plain data. */
export type ResidualList = {
  /** Of each member of the model the part that has not learned from these rows, by its place; −1 where all parts count. */
  readonly parts: readonly number[];
  /** Ascending: the target less the prediction, in multiples of the row's scale. */
  readonly residuals: Float64Array;
  /** What the residuals up to each one weigh together; null where each counts once. */
  readonly totals: Float64Array | null;
};

/** A list of residuals in any order, each by its weight. */
export function residualList(
  parts: readonly number[],
  residuals: Float64Array,
  weights: Float64Array | undefined,
): ResidualList {
  if (!weights) return { parts, residuals: residuals.toSorted(), totals: null };
  const order = Uint32Array.from(residuals.keys()).sort(
    (a, b) => (residuals[a] as number) - (residuals[b] as number) || a - b,
  );
  let total = 0;
  const totals = Float64Array.from(order, (at) => {
    total += weights[at] as number;
    return total;
  });
  return { parts, residuals: Float64Array.from(order, (at) => residuals[at] as number), totals };
}

/** What all residuals of some lists weigh together. */
export function totalWeight(lists: readonly ResidualList[]): number {
  return lists.reduce((sum, list) => sum + weightOfFirst(list, list.residuals.length), 0);
}

/** What the first so many residuals of a list weigh together. */
export function weightOfFirst({ totals }: ResidualList, count: number): number {
  if (!totals) return count;
  return count === 0 ? 0 : (totals[count - 1] as number);
}

/** The mean square of all residuals of some lists, each by its weight. */
export function weightedMeanSquare(lists: readonly ResidualList[]): number {
  let sum = 0;
  for (const { residuals, totals } of lists) {
    for (const [i, residual] of residuals.entries()) {
      const weight = totals ? (totals[i] as number) - (totals[i - 1] ?? 0) : 1;
      sum += weight * residual * residual;
    }
  }
  return sum / totalWeight(lists);
}

/**
 * The smallest of all values `shift + scale × residual` up to which they weigh more than `weight`, together.
 *
 * A value is tried that halves the list with the most candidates left; it halves the others about as well, since lists differ
 * by their shifts alone. So there are some log₂ n tries, of a binary search in each list.
 *
 * @param shifts one a list
 * @param scale above 0
 * @param weight at least 0, and less than what all weigh
 */
export function shiftedQuantile(
  lists: readonly ResidualList[],
  shifts: ArrayLike<number>,
  scale: number,
  weight: number,
): number {
  const from = new Uint32Array(lists.length);
  const to = Uint32Array.from(lists, ({ residuals }) => residuals.length);
  const ends = new Uint32Array(lists.length);
  let smallest = Infinity;
  for (;;) {
    const widest = widestRange(from, to);
    const [start, end] = [from[widest] as number, to[widest] as number];
    if (start === end) return smallest;
    const pivot = (lists[widest] as ResidualList).residuals[(start + end) >>> 1] as number;
    const tried = (shifts[widest] as number) + scale * pivot;
    // What is the pivot's own must not hang on how a division is rounded.
    const residualAt = (l: number) => (l === widest ? pivot : (tried - (shifts[l] as number)) / scale);
    let total = 0;
    for (const [l, list] of lists.entries()) {
      ends[l] = upperBound(list.residuals, residualAt(l), from[l], to[l]);
      total += weightOfFirst(list, ends[l] as number);
    }
    if (total > weight) {
      smallest = Math.min(smallest, tried);
      for (const [l, { residuals }] of lists.entries()) to[l] = lowerBound(residuals, residualAt(l), from[l], to[l]);
    } else from.set(ends);
  }
}

function widestRange(from: Uint32Array, to: Uint32Array): number {
  let widest = 0;
  for (let l = 1; l < from.length; l++) {
    if ((to[l] as number) - (from[l] as number) > (to[widest] as number) - (from[widest] as number)) widest = l;
  }
  return widest;
}
