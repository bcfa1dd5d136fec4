import { merge, prune, type Summary, summarize } from './rank-summary.ts';

/** A sketch keeps so many times more ranks than bins are wanted, before the last pruning. */
const FACTOR = 8;

/**
 * Values that split a column into `bins` bins of about as many rows each, or of about as much weight, ascending: the first
 * is the smallest value of all. They are XGBoost's to the last bit, whose sketch this is.
 *
 * Source: Chen and Guestrin 2016, appendix A; XGBoost 3.2, `src/common/quantile.h`.
 *
 * @param values float32, without NaN, in the order of the rows; at least one
 * @param weights of the values, above 0; 1 each unless given
 * @param rows how many rows there are: those without weight, too, which have no values here
 */
export function quantiles(
  values: Float32Array<ArrayBuffer>,
  bins: number,
  weights?: Float32Array,
  rows = values.length,
): Float32Array {
  const wanted = Math.min(rows, bins);
  const limit = limitOf(rows, FACTOR * wanted);
  const levels: (Summary | undefined)[] = [];
  for (let first = 0; ; ) {
    const end = chunkEnd(values, first, 2 * limit);
    const chunk = summarize(values.slice(first, end), weights?.subarray(first, end));
    if (end === values.length) {
      const rest = levels.filter((level) => level !== undefined);
      const all = rest.reduce((sum, level) => prune(merge(sum, level), limit), prune(chunk, limit));
      const { value, size } = prune(prune(all, FACTOR * wanted), bins + 1);
      return value.slice(0, Math.min(size, bins));
    }
    carry(levels, chunk, limit);
    first = end;
  }
}

/** How many entries a summary may have, so that ranks are off by a `precision`th of the rows at most. */
function limitOf(rows: number, precision: number): number {
  for (let levels = 1; ; levels++) {
    const limit = Math.min(rows, precision * levels + 1);
    if (limit * 2 ** levels >= rows) return limit;
  }
}

/** Where a chunk of so many entries ends; equal values one after the other are one entry. */
function chunkEnd(values: Float32Array, first: number, entries: number): number {
  let end = first;
  for (let count = 0; end < values.length; end++) {
    if (end > first && values[end] === values[end - 1]) continue;
    if (count === entries) break;
    count += 1;
  }
  return end;
}

/** Adds a summary to the levels, as a one is added to a binary number. */
function carry(levels: (Summary | undefined)[], chunk: Summary, limit: number): void {
  let carried = prune(chunk, limit);
  for (let l = 0; ; l++) {
    const level = levels[l];
    if (!level) {
      levels[l] = carried;
      return;
    }
    const merged = merge(carried, level);
    if (merged.size <= limit) {
      levels[l] = merged;
      return;
    }
    levels[l] = undefined;
    carried = prune(merged, limit);
  }
}
