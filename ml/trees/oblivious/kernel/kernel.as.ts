// The inner loops of growing oblivious trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. Two sums
// stand side by side everywhere, of gradients and of weights, so that one vector instruction takes both. Arrays are
// given by their addresses. A pair is two float64; the pairs of a leaf's rows stand in the order of its rows.

/** histogram[bin of a row] += the row's pair, for the rows from `from` to before `to`. */
// @ts-ignore: decorator
@inline
function addRows(rows: usize, pairs: usize, from: u32, to: u32, bins: usize, histogram: usize): void {
  const end = rows + (<usize>to << 2);
  let pair = pairs + (<usize>from << 4);
  for (let at = rows + (<usize>from << 2); at < end; at += 4, pair += 16) {
    const entry = histogram + (<usize>load<u8>(bins + <usize>load<u32>(at)) << 4);
    v128.store(entry, f64x2.add(v128.load(entry), v128.load(pair)));
  }
}

// @ts-ignore: decorator
@inline
function clear(histogram: usize, size: usize): void {
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < size; at += 16) v128.store(histogram + at, zero);
}

/**
 * Adds to the score of a place what the two leaves are worth that it makes of one: products, Σ value × gradients, and squares,
 * Σ value² × weight, side by side. `one` and `other` are their sums.
 */
// @ts-ignore: decorator
@inline
function worth(one: v128, other: v128, l2: v128): v128 {
  const gradients = i64x2.shuffle(one, other, 0, 2);
  const weights = i64x2.shuffle(one, other, 1, 3);
  // A leaf without rows has no value: rounding may leave it gradients.
  const values = v128.and(f64x2.div(gradients, f64x2.add(weights, l2)), f64x2.gt(weights, f64x2.splat(0)));
  const products = f64x2.mul(values, gradients);
  const squares = f64x2.mul(f64x2.mul(values, values), weights);
  return f64x2.add(i64x2.shuffle(products, squares, 0, 2), i64x2.shuffle(products, squares, 1, 3));
}

/** Adds one leaf to the scores of all places where a column can be split. `total` is the sum of its bins. */
// @ts-ignore: decorator
@inline
function addLeaf(histogram: usize, binCount: u32, oneHot: bool, total: v128, l2: v128, scores: usize): void {
  const zero = f64x2.splat(0);
  if (oneHot) {
    for (let bin: u32 = 0; bin < binCount; bin++) {
      const inside = v128.load(histogram + (<usize>bin << 4));
      const score = scores + (<usize>bin << 4);
      v128.store(score, f64x2.add(v128.load(score), worth(inside, f64x2.sub(total, inside), l2)));
    }
    return;
  }
  let below = zero;
  let add = zero;
  for (let bin: u32 = 0; bin < binCount - 1; bin++) {
    const sum = v128.load(histogram + (<usize>bin << 4));
    // A border above an empty bin parts the rows as the one below it does.
    if (f64x2.extract_lane(sum, 1) != 0 || bin == 0) {
      below = f64x2.add(below, sum);
      add = worth(below, f64x2.sub(total, below), l2);
    }
    const score = scores + (<usize>bin << 4);
    v128.store(score, f64x2.add(v128.load(score), add));
  }
}

/** How a level's histograms are had: each from its rows; the larger child's from its parent's; or one at a time, not kept. */
const FROM_ROWS: i32 = 0;
const FROM_PARENTS: i32 = 1;
const ONE_BY_ONE: i32 = 2;

/**
 * Scores every place where a column can be split, over all leaves of a level.
 *
 * @param bins a byte a row
 * @param starts where each leaf's rows start, as uint32, and `ends` where they end
 * @param totals of each leaf, a pair
 * @param histograms of the level above where they are halved, of this one afterwards: pairs, bin by bin, leaf by leaf
 * @param scores pairs, overwritten
 */
export function scoreLevel(
  bins: usize, binCount: u32, oneHot: bool, rows: usize, pairs: usize, starts: usize, ends: usize, totals: usize,
  leaves: u32, how: i32, histograms: usize, l2: f64, scores: usize,
): void {
  const size = <usize>binCount << 4;
  const l2s = f64x2.splat(l2);
  clear(scores, size);
  if (how == FROM_PARENTS) {
    const half = leaves >> 1;
    for (let left: u32 = 0; left < half; left++) {
      const right = left + half;
      const leftFrom = load<u32>(starts + (<usize>left << 2));
      const leftTo = load<u32>(ends + (<usize>left << 2));
      const rightFrom = load<u32>(starts + (<usize>right << 2));
      const rightTo = load<u32>(ends + (<usize>right << 2));
      if (leftTo == leftFrom && rightTo == rightFrom) continue;
      const parent = histograms + <usize>left * size;
      const child = histograms + <usize>right * size;
      clear(child, size);
      if (leftTo - leftFrom < rightTo - rightFrom) {
        addRows(rows, pairs, leftFrom, leftTo, bins, child);
        for (let at: usize = 0; at < size; at += 16) {
          const inLeft = v128.load(child + at);
          v128.store(child + at, f64x2.sub(v128.load(parent + at), inLeft));
          v128.store(parent + at, inLeft);
        }
      } else {
        addRows(rows, pairs, rightFrom, rightTo, bins, child);
        for (let at: usize = 0; at < size; at += 16)
          v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(child + at)));
      }
    }
  }
  for (let leaf: u32 = 0; leaf < leaves; leaf++) {
    const from = load<u32>(starts + (<usize>leaf << 2));
    const to = load<u32>(ends + (<usize>leaf << 2));
    const histogram = how == ONE_BY_ONE ? histograms : histograms + <usize>leaf * size;
    if (how != FROM_PARENTS) {
      clear(histogram, size);
      addRows(rows, pairs, from, to, bins, histogram);
    }
    if (to > from) addLeaf(histogram, binCount, oneHot, v128.load(totals + (<usize>leaf << 4)), l2s, scores);
  }
}

/**
 * Parts a leaf's rows and their pairs, in place and in order: those whose bin is not in `right` (a byte a bin, 1 or 0) go
 * first. Each is written to both sides and only one side's end moves, so that there is no branch to mispredict.
 *
 * @returns where the others start
 */
export function part(
  rows: usize, pairs: usize, from: u32, to: u32, bins: usize, right: usize, spareRows: usize, sparePairs: usize,
): u32 {
  let left = from;
  let others: u32 = 0;
  for (let at = from; at < to; at++) {
    const row = load<u32>(rows + (<usize>at << 2));
    const pair = v128.load(pairs + (<usize>at << 4));
    const goesRight = <u32>load<u8>(right + <usize>load<u8>(bins + <usize>row));
    store<u32>(rows + (<usize>left << 2), row);
    v128.store(pairs + (<usize>left << 4), pair);
    store<u32>(spareRows + (<usize>others << 2), row);
    v128.store(sparePairs + (<usize>others << 4), pair);
    left += 1 - goesRight;
    others += goesRight;
  }
  memory.copy(rows + (<usize>left << 2), spareRows, <usize>others << 2);
  memory.copy(pairs + (<usize>left << 4), sparePairs, <usize>others << 4);
  return left;
}

/**
 * Takes the rows of a sample: those whose weight is not 0, in order, each with its gradient times its weight, and its weight.
 *
 * @param gradients and `weights`: a float64 a row
 * @returns how many they are
 */
export function sample(gradients: usize, weights: usize, count: u32, rows: usize, pairs: usize): u32 {
  let taken: u32 = 0;
  for (let row: u32 = 0; row < count; row++) {
    const weight = load<f64>(weights + (<usize>row << 3));
    const pair = pairs + (<usize>taken << 4);
    store<u32>(rows + (<usize>taken << 2), row);
    store<f64>(pair, load<f64>(gradients + (<usize>row << 3)) * weight);
    store<f64>(pair, weight, 8);
    taken += <u32>(weight > 0);
  }
  return taken;
}

/** Sums the pairs of each leaf. */
export function sumLeaves(pairs: usize, starts: usize, ends: usize, leaves: u32, totals: usize): void {
  for (let leaf: usize = 0; leaf < <usize>leaves; leaf++) {
    const end = pairs + (<usize>load<u32>(ends + (leaf << 2)) << 4);
    let total = f64x2.splat(0);
    for (let at = pairs + (<usize>load<u32>(starts + (leaf << 2)) << 4); at < end; at += 16) total = f64x2.add(total, v128.load(at));
    v128.store(totals + (leaf << 4), total);
  }
}

/**
 * Adds one level to the leaf of every row (a byte): `bit` is set where its bin is above `bin`, or, one-hot, is that one.
 * Rows are taken by 16; arrays must be so long.
 */
export function descend(leaves: usize, count: u32, bins: usize, bin: u32, oneHot: bool, bit: u32): void {
  const border = i8x16.splat(<u8>bin);
  const set = i8x16.splat(<u8>bit);
  for (let at: usize = 0; at < <usize>count; at += 16) {
    const own = v128.load(bins + at);
    const goesRight = oneHot ? i8x16.eq(own, border) : i8x16.gt_u(own, border);
    v128.store(leaves + at, v128.or(v128.load(leaves + at), v128.and(goesRight, set)));
  }
}

/** sizes = √(gradients² + λ), float64, two at a time; returns the largest. */
export function measure(gradients: usize, count: u32, lambda: f64, sizes: usize): f64 {
  const lambdas = f64x2.splat(lambda);
  let largest = f64x2.splat(0);
  for (let at: usize = 0; at < <usize>count << 3; at += 16) {
    const gradient = v128.load(gradients + at);
    const size = f64x2.sqrt(f64x2.add(f64x2.mul(gradient, gradient), lambdas));
    v128.store(sizes + at, size);
    largest = f64x2.pmax(largest, size);
  }
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

/**
 * Draws a sample: a row is taken where its uniform number is below size ÷ threshold, and weighted by the inverse of that
 * chance, at least 1; a weight of 0 leaves it out. Float64, two at a time.
 */
export function weigh(sizes: usize, uniform: usize, count: u32, threshold: f64, weights: usize): void {
  const one = f64x2.splat(1);
  const thresholds = f64x2.splat(threshold);
  for (let at: usize = 0; at < <usize>count << 3; at += 16) {
    const weight = f64x2.pmax(one, f64x2.div(thresholds, v128.load(sizes + at)));
    const isTaken = f64x2.lt(f64x2.mul(weight, v128.load(uniform + at)), one);
    v128.store(weights + at, v128.and(weight, isTaken));
  }
}
