import { lowerBound, upperBound } from '../../../core/binary-search.ts';
import { sortFloats, withoutMissing } from '../../sort-floats.ts';

/** The border below every number, which missing values alone do not exceed. */
const BELOW_ALL = -3.4028234663852886e38;

/** A bin of sorted values, from `start` to before `end`, and where it is best cut. */
interface Bin {
  readonly start: number;
  readonly end: number;
  readonly cut: number;
  /** −∞ where all its values are alike. */
  readonly gain: number;
}

/**
 * The borders that split a column into bins: a value goes right of a border that it exceeds.
 *
 * Greedy: of all bins so far, that one is cut whose cut gains most in Σ log(rows of a bin), at an end of the run of
 * equal values in its middle. A column of few distinct values gets a border between any two. Where values are
 * missing, one border more tells them from the rest: they are below all others.
 *
 * Source: CatBoost 1.2, `feature_border_type` GreedyLogSum, `nan_mode` Min.
 *
 * @param values one column as float32, NaN where missing
 * @returns ascending; none where all values are alike, but for missing ones
 */
export function selectBorders(values: Float32Array, borderCount: number): Float32Array {
  const known = withoutMissing(values);
  sortFloats(known);
  if (known.length === values.length) return cutGreedily(known, borderCount);
  return Float32Array.of(BELOW_ALL, ...cutGreedily(known, borderCount - 1));
}

/** How many equal cells the range between the outermost borders is cut into, to find a value's bin by. */
const CELLS = 2048;

/** How many borders each value exceeds; a missing one exceeds none. */
export function binsOf(values: Float32Array, borders: Float32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  const known = borders[0]! < -3e38 ? 1 : 0;
  const first = borders[known] ?? 0;
  const range = (borders[borders.length - 1] ?? 0) - first;
  // Without a range to be cut, of a single border or up to infinity, any width of the cells will do.
  const scale = range > 0 && range < Infinity ? (CELLS - 1) / range : 1;
  const firstIn = new Uint8Array(CELLS + 1).fill(borders.length);
  for (let cell = 0, border = known; cell < CELLS; cell++) {
    while (border < borders.length && Math.floor((borders[border]! - first) * scale) < cell) border += 1;
    firstIn[cell] = border;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > borders[0]!)) continue;
    const cell = Math.min(Math.max(Math.floor((value - first) * scale), 0), CELLS - 1);
    let low = firstIn[cell]!;
    let high = firstIn[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > borders[middle]!) low = middle + 1;
      else high = middle;
    }
    bins[i] = low;
  }
  return bins;
}

function cutGreedily(sorted: Float32Array, borderCount: number): Float32Array {
  const bins: Bin[] = [];
  if (sorted.length > 0) push(bins, bestCut(sorted, 0, sorted.length));
  while (bins.length > 0 && bins.length <= borderCount && bins[0]!.gain > -Infinity) {
    const { start, cut, end } = pop(bins);
    push(bins, bestCut(sorted, start, cut));
    push(bins, bestCut(sorted, cut, end));
  }
  const starts = bins.map(({ start }) => start).filter((start) => start > 0);
  return Float32Array.from(starts, (start) => between(sorted[start - 1]!, sorted[start]!)).sort();
}

/** Halfway; each half is rounded by itself, as the reference does. What is past float32 is split by the lowest of its numbers. */
const between = (below: number, above: number) =>
  Math.max(Math.fround(0.5 * below) + Math.fround(0.5 * above), BELOW_ALL);

function bestCut(sorted: Float32Array, start: number, end: number): Bin {
  const middle = start + ((end - start) >> 1);
  const value = sorted[middle]!;
  const left = lowerBound(sorted, value, start, middle);
  const right = upperBound(sorted, value, middle, end);
  const gain = (cut: number) =>
    cut === start || cut === end ? -Infinity : log(cut - start) + log(end - cut) - log(end - start);
  return gain(left) >= gain(right)
    ? { start, end, cut: left, gain: gain(left) }
    : { start, end, cut: right, gain: gain(right) };
}

const log = (rows: number) => Math.log(rows + 1e-8);

// A heap, the bin that gains most first. Of equal gains, which is first decides where the last borders fall, so it is
// the heap of LLVM's C++ library: the gap at the top sinks along the larger child, of equal ones the left, to a leaf;
// the last bin fills it, and rises.

function push(heap: Bin[], bin: Bin): void {
  let at = heap.length;
  heap.push(bin);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!(heap[parent]!.gain < bin.gain)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = bin;
}

function pop(heap: Bin[]): Bin {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let gap = 0;
  for (let child = 1; child < heap.length; child = 2 * gap + 1) {
    if (child + 1 < heap.length && heap[child]!.gain < heap[child + 1]!.gain) child += 1;
    heap[gap] = heap[child]!;
    gap = child;
  }
  while (gap > 0) {
    const parent = (gap - 1) >> 1;
    if (!(heap[parent]!.gain < last.gain)) break;
    heap[gap] = heap[parent]!;
    gap = parent;
  }
  heap[gap] = last;
  return top;
}
