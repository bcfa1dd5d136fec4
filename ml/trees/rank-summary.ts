import { sortedOrder, sortFloats } from './sort-floats.ts';

/**
 * What is known of the ranks of some values: how much of all lies below each, at least; how much up to it, at most; and
 * how much is equal to it, at least. A value counts 1, or its weight; ranks are float32, as the reference's.
 */
export interface Summary {
  readonly size: number;
  readonly value: Float32Array;
  readonly below: Float32Array;
  readonly upTo: Float32Array;
  readonly equal: Float32Array;
}

/** The exact summary of a few values. Without weights they are sorted in place. */
export function summarize(values: Float32Array<ArrayBuffer>, weights?: Float32Array): Summary {
  const order = weights && sortedOrder(values);
  const sorted = order ? Float32Array.from(order, (i) => values[i]!) : sortFloats(values);
  const summary = emptySummary(sorted.length);
  let size = 0;
  let below = 0;
  for (let i = 0; i < sorted.length; size++) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end += 1;
    const equal = weights && order ? sumOf(weights, order.subarray(i, end)) : end - i;
    summary.value[size] = sorted[i]!;
    summary.below[size] = below;
    summary.equal[size] = equal;
    below = Math.fround(below + equal);
    summary.upTo[size] = below;
    i = end;
  }
  return { ...summary, size };
}

function sumOf(weights: Float32Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum = Math.fround(sum + weights[row]!);
  return sum;
}

/** The summary of both's values together. */
export function merge(a: Summary, b: Summary): Summary {
  const merged = emptySummary(a.size + b.size);
  let size = 0;
  // How much of either lies below where we are, at least.
  let belowA = 0;
  let belowB = 0;
  for (let i = 0, j = 0; i < a.size || j < b.size; size++) {
    const takesA = i < a.size && (j === b.size || a.value[i]! <= b.value[j]!);
    const takesB = j < b.size && (i === a.size || b.value[j]! <= a.value[i]!);
    // And at most: up to the next value's own.
    const upToA = takesA ? a.upTo[i]! : i < a.size ? Math.fround(a.upTo[i]! - a.equal[i]!) : a.upTo[a.size - 1]!;
    const upToB = takesB ? b.upTo[j]! : j < b.size ? Math.fround(b.upTo[j]! - b.equal[j]!) : b.upTo[b.size - 1]!;
    merged.value[size] = takesA ? a.value[i]! : b.value[j]!;
    merged.below[size] = (takesA ? a.below[i]! : belowA) + (takesB ? b.below[j]! : belowB);
    merged.upTo[size] = upToA + upToB;
    merged.equal[size] = (takesA ? a.equal[i]! : 0) + (takesB ? b.equal[j]! : 0);
    if (takesA) belowA = Math.fround(a.below[i]! + a.equal[i++]!);
    if (takesB) belowB = Math.fround(b.below[j]! + b.equal[j++]!);
  }
  const summary = { ...merged, size };
  mend(summary);
  return summary;
}

/** Puts ranks in order that rounding has put out of it: weights are no whole numbers. */
function mend({ size, below, upTo, equal }: Summary): void {
  let lastBelow = 0;
  let lastUpTo = 0;
  for (let i = 0; i < size; i++) {
    if (below[i]! < lastBelow) below[i] = lastBelow;
    else lastBelow = below[i]!;
    if (upTo[i]! < lastUpTo) upTo[i] = lastUpTo;
    const next = Math.fround(below[i]! + equal[i]!);
    if (upTo[i]! < next) upTo[i] = next;
    lastUpTo = upTo[i]!;
  }
}

/** A summary of at most `limit` entries: the first, the last, and those nearest to even ranks between. */
export function prune(summary: Summary, limit: number): Summary {
  const { size, value, below, upTo, equal } = summary;
  if (size <= limit) return summary;
  const pruned = emptySummary(limit);
  let kept = 0;
  const keep = (i: number) => {
    pruned.value[kept] = value[i]!;
    pruned.below[kept] = below[i]!;
    pruned.upTo[kept] = upTo[i]!;
    pruned.equal[kept] = equal[i]!;
    kept += 1;
  };
  keep(0);
  let last = 0;
  const first = upTo[0]!;
  const range = Math.fround(below[size - 1]! - first);
  for (let k = 1, i = 1; k < limit - 1; k++) {
    // The reference rounds to float32 at each step.
    const twice = 2 * Math.fround(Math.fround(Math.fround(k * range) / (limit - 1)) + first);
    while (i < size - 1 && twice >= Math.fround(below[i + 1]! + upTo[i + 1]!)) i += 1;
    if (i === size - 1) break;
    const between = Math.fround(Math.fround(below[i]! + equal[i]!) + Math.fround(upTo[i + 1]! - equal[i + 1]!));
    const nearest = twice < between ? i : i + 1;
    if (nearest === last) continue;
    keep(nearest);
    last = nearest;
  }
  if (last !== size - 1) keep(size - 1);
  return { ...pruned, size: kept };
}

function emptySummary(capacity: number): Omit<Summary, 'size'> {
  return {
    value: new Float32Array(capacity),
    below: new Float32Array(capacity),
    upTo: new Float32Array(capacity),
    equal: new Float32Array(capacity),
  };
}
