import { sortFloats } from './sort-floats.ts';

/** A sketch keeps so many times more ranks than bins are wanted, before the last pruning. */
const FACTOR = 8;

/**
 * What is known of the ranks of some values: how many of all lie below each, at least; how many up to it, at most; and
 * how many are equal to it, at least.
 */
interface Summary {
  readonly size: number;
  readonly value: Float32Array;
  readonly below: Float64Array;
  readonly upTo: Float64Array;
  readonly equal: Float64Array;
}

/**
 * Values that part a column into `bins` bins of about as many rows each, ascending: the first is the least value of all.
 * They are XGBoost's to the last bit, whose sketch this is.
 *
 * Source: Chen and Guestrin 2016, appendix A; XGBoost 3.2, `src/common/quantile.h`.
 *
 * @param values float32, without NaN, in the order of the rows
 */
export function quantiles(values: Float32Array<ArrayBuffer>, bins: number): Float32Array {
  if (values.length === 0) return new Float32Array();
  const wanted = Math.min(values.length, bins);
  const limit = limitOf(values.length, FACTOR * wanted);
  const levels: (Summary | undefined)[] = [];
  for (let first = 0; ; ) {
    const end = chunkEnd(values, first, 2 * limit);
    const chunk = summarize(values.slice(first, end));
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

/** The exact summary of a few values. */
function summarize(values: Float32Array<ArrayBuffer>): Summary {
  const sorted = sortFloats(values);
  const summary = emptySummary(sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end += 1;
    size = put(summary, size, { value: sorted[i]!, below: i, upTo: end, equal: end - i });
    i = end;
  }
  return { ...summary, size };
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

/** The summary of both's values together. */
function merge(a: Summary, b: Summary): Summary {
  const merged = emptySummary(a.size + b.size);
  let size = 0;
  // How many of either lie below where we are, at least.
  let belowA = 0;
  let belowB = 0;
  for (let i = 0, j = 0; i < a.size || j < b.size; ) {
    const takesA = i < a.size && (j === b.size || a.value[i]! <= b.value[j]!);
    const takesB = j < b.size && (i === a.size || b.value[j]! <= a.value[i]!);
    // And at most: up to the next value's own.
    const upToA = takesA ? a.upTo[i]! : i < a.size ? a.upTo[i]! - a.equal[i]! : a.upTo[a.size - 1]!;
    const upToB = takesB ? b.upTo[j]! : j < b.size ? b.upTo[j]! - b.equal[j]! : b.upTo[b.size - 1]!;
    size = put(merged, size, {
      value: takesA ? a.value[i]! : b.value[j]!,
      below: (takesA ? a.below[i]! : belowA) + (takesB ? b.below[j]! : belowB),
      upTo: upToA + upToB,
      equal: (takesA ? a.equal[i]! : 0) + (takesB ? b.equal[j]! : 0),
    });
    if (takesA) belowA = a.below[i]! + a.equal[i++]!;
    if (takesB) belowB = b.below[j]! + b.equal[j++]!;
  }
  return { ...merged, size };
}

/** A summary of at most `limit` entries: the first, the last, and those nearest to even ranks between. */
function prune(summary: Summary, limit: number): Summary {
  const { size, value, below, upTo, equal } = summary;
  if (size <= limit) return summary;
  const pruned = emptySummary(limit);
  const keep = (to: number, i: number) =>
    put(pruned, to, { value: value[i]!, below: below[i]!, upTo: upTo[i]!, equal: equal[i]! });
  let kept = keep(0, 0);
  let last = 0;
  const first = upTo[0]!;
  const range = below[size - 1]! - first;
  for (let k = 1, i = 1; k < limit - 1; k++) {
    // Ranks are whole numbers; between them the reference rounds to float32 at each step.
    const twice = 2 * Math.fround(Math.fround(Math.fround(k * range) / (limit - 1)) + first);
    while (i < size - 1 && twice >= below[i + 1]! + upTo[i + 1]!) i += 1;
    if (i === size - 1) break;
    const nearest = twice < below[i]! + equal[i]! + upTo[i + 1]! - equal[i + 1]! ? i : i + 1;
    if (nearest === last) continue;
    kept = keep(kept, nearest);
    last = nearest;
  }
  if (last !== size - 1) kept = keep(kept, size - 1);
  return { ...pruned, size: kept };
}

function emptySummary(capacity: number): Omit<Summary, 'size'> {
  return {
    value: new Float32Array(capacity),
    below: new Float64Array(capacity),
    upTo: new Float64Array(capacity),
    equal: new Float64Array(capacity),
  };
}

/** Writes an entry; returns how many there are then. */
function put(
  { value, below, upTo, equal }: Omit<Summary, 'size'>,
  at: number,
  entry: { value: number; below: number; upTo: number; equal: number },
): number {
  value[at] = entry.value;
  below[at] = entry.below;
  upTo[at] = entry.upTo;
  equal[at] = entry.equal;
  return at + 1;
}
