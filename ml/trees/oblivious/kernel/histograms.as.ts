// Histograms of up to four columns at once. A row's bins are the bytes of one 32-bit word, so that one load has them all. Two sums
// stand side by side everywhere, of gradients and of weights, so that one vector instruction takes both: a pair, two float64.

/** How a level's histograms are had: each from its rows; the larger child's from its parent's; or one at a time, not kept. */
const FROM_PARENTS: u32 = 1;
const ONE_BY_ONE: u32 = 2;

/** The bytes by which a level is told. */
const LEVEL_BYTES: usize = 24;

/** Where a leaf's rows start, as an index of the level's rows. */
// @ts-ignore: decorator
@inline
function startOf(starts: usize, leaf: u32): u32 {
  return load<u32>(starts + (<usize>leaf << 2));
}

// @ts-ignore: decorator
@inline
function add(entry: usize, pair: v128): void {
  v128.store(entry, f64x2.add(v128.load(entry), pair));
}

// Inline: a call of memory.fill takes longer than most histograms.
// @ts-ignore: decorator
@inline
function clear(sums: usize, size: usize): void {
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < size; at += 16) v128.store(sums + at, zero);
}

/** histogram[bin of a row] += the row's pair, for each column. `size` is the bytes of one column's histogram. */
// @ts-ignore: decorator
@inline
function addRowsOf(members: u32, rows: usize, pairs: usize, from: u32, to: u32, bins: usize, histogram: usize, size: usize): void {
  const second = histogram + size;
  const third = second + size;
  const fourth = third + size;
  const end = rows + (<usize>to << 2);
  let pair = pairs + (<usize>from << 4);
  for (let at = rows + (<usize>from << 2); at < end; at += 4, pair += 16) {
    const word = load<u32>(bins + (<usize>load<u32>(at) << 2));
    const sums = v128.load(pair);
    add(histogram + ((word << 4) & 0xff0), sums);
    if (members > 1) add(second + ((word >> 4) & 0xff0), sums);
    if (members > 2) add(third + ((word >> 12) & 0xff0), sums);
    if (members > 3) add(fourth + ((word >> 20) & 0xff0), sums);
  }
}

function addRows(members: u32, rows: usize, pairs: usize, from: u32, to: u32, bins: usize, histogram: usize, size: usize): void {
  if (members == 4) addRowsOf(4, rows, pairs, from, to, bins, histogram, size);
  else if (members == 3) addRowsOf(3, rows, pairs, from, to, bins, histogram, size);
  else if (members == 2) addRowsOf(2, rows, pairs, from, to, bins, histogram, size);
  else addRowsOf(1, rows, pairs, from, to, bins, histogram, size);
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

/** Adds one leaf to the sums of all places where a column can be split. `total` is the sum of its bins. */
function addLeaf(histogram: usize, binCount: u32, oneHot: bool, total: v128, l2: v128, sums: usize): void {
  if (oneHot) {
    for (let bin: u32 = 0; bin < binCount; bin++) {
      const inside = v128.load(histogram + (<usize>bin << 4));
      add(sums + (<usize>bin << 4), worth(inside, f64x2.sub(total, inside), l2));
    }
    return;
  }
  let below = f64x2.splat(0);
  let both = below;
  for (let bin: u32 = 0; bin < binCount - 1; bin++) {
    const inside = v128.load(histogram + (<usize>bin << 4));
    // A border above an empty bin splits the rows as the one below it does.
    if (f64x2.extract_lane(inside, 1) != 0 || bin == 0) {
      below = f64x2.add(below, inside);
      both = worth(below, f64x2.sub(total, below), l2);
    }
    add(sums + (<usize>bin << 4), both);
  }
}

/** The same of a leaf of one row, in this bin: there are two ways to split it, and no need for a histogram. */
function addLeafOfOne(bin: u32, binCount: u32, oneHot: bool, total: v128, l2: v128, sums: usize): void {
  const none = f64x2.splat(0);
  const without = worth(none, total, l2);
  const within = worth(total, f64x2.sub(total, total), l2);
  const places = oneHot ? binCount : binCount - 1;
  const before = min(bin, places);
  const after = oneHot ? min(bin + 1, places) : places;
  for (let place: u32 = 0; place < before; place++) add(sums + (<usize>place << 4), without);
  for (let place = before; place < after; place++) add(sums + (<usize>place << 4), within);
  for (let place = after; place < places; place++) add(sums + (<usize>place << 4), without);
}

/** Makes scores of the sums, in their place, a float64 each, two at a time; returns the highest. There is room for an even number. */
function finish(sums: usize, places: u32, cosine: bool): f64 {
  let highest = -Infinity;
  const tiny = f64x2.splat(1e-100);
  for (let place: usize = 0; place < <usize>places; place += 2) {
    const one = v128.load(sums + (place << 4));
    const other = v128.load(sums + (place << 4), 16);
    const products = i64x2.shuffle(one, other, 0, 2);
    const squares = i64x2.shuffle(one, other, 1, 3);
    const scores = cosine ? f64x2.div(products, f64x2.sqrt(f64x2.add(squares, tiny))) : products;
    v128.store(sums + (place << 3), scores);
    const first = f64x2.extract_lane(scores, 0);
    const second = f64x2.extract_lane(scores, 1);
    if (first > highest) highest = first;
    if (second > highest && place + 1 < <usize>places) highest = second;
  }
  return highest;
}

/**
 * Scores every place where the columns of a group can be split, over all leaves of a level, and all outputs.
 *
 * @param level addresses: rows, their pairs, where each leaf's rows start and end, the pairs of the leaves; and how many leaves; the
 *   same of each output
 * @param scoring float64: l2; 1 to score by Cosine, 0 by L2; how many outputs there are; and of how many leaves histograms are kept
 * @param bins a word a row
 * @param size how many bins each column has room for
 * @param histograms of the level above where they are halved, of this one afterwards: leaf by leaf, column by column; there is room for
 *   those of four columns and all leaves that are kept, output by output
 * @param scores 2 × `size` float64 for each column: first its scores, and last the highest of them
 * @param columns how many bins each of the four columns has, 0 for none; 2^16 more where it is split by single bins
 */
export function scoreGroup(
  level: usize, scoring: usize, bins: usize, size: u32, how: u32, histograms: usize, scores: usize, columns: usize,
): void {
  const l2 = f64x2.splat(load<f64>(scoring));
  const cosine = load<f64>(scoring, 8) == 1;
  const outputs = <u32>load<f64>(scoring, 16);
  let members: u32 = 0;
  while (members < 4 && load<u32>(columns + (<usize>members << 2)) > 0) members += 1;
  const each = <usize>size << 4;
  const ofOutput = (each << 2) * <usize>load<f64>(scoring, 24);
  clear(scores, each * members);
  for (let output: u32 = 0; output < outputs; output++, level += LEVEL_BYTES, histograms += ofOutput)
    addOutput(level, l2, bins, each, members, how, histograms, scores, columns);
  for (let member: usize = 0; member < <usize>members; member++) {
    const column = load<u32>(columns + (member << 2));
    const places = column >> 16 != 0 ? column & 0xffff : (column & 0xffff) - 1;
    const highest = finish(scores + member * each, places, cosine);
    store<f64>(scores + (member + 1) * each - 8, highest);
  }
}

/** Adds all leaves to the sums of all places. `each` is the bytes of one column's histogram. */
function addOutput(
  level: usize, l2: v128, bins: usize, each: usize, members: u32, how: u32, histograms: usize, scores: usize, columns: usize,
): void {
  const rows = load<usize>(level);
  const pairs = load<usize>(level, 4);
  const starts = load<usize>(level, 8);
  const ends = load<usize>(level, 12);
  const totals = load<usize>(level, 16);
  const leaves = load<u32>(level, 20);
  const all = each * members;
  if (how == FROM_PARENTS) {
    const half = leaves >> 1;
    for (let left: u32 = 0; left < half; left++) {
      const right = left + half;
      const leftFrom = startOf(starts, left);
      const leftTo = startOf(ends, left);
      const rightFrom = startOf(starts, right);
      const rightTo = startOf(ends, right);
      if (leftTo == leftFrom && rightTo == rightFrom) continue;
      const parent = histograms + <usize>left * all;
      const child = histograms + <usize>right * all;
      clear(child, all);
      if (leftTo - leftFrom < rightTo - rightFrom) {
        addRows(members, rows, pairs, leftFrom, leftTo, bins, child, each);
        for (let at: usize = 0; at < all; at += 16) {
          const inLeft = v128.load(child + at);
          v128.store(child + at, f64x2.sub(v128.load(parent + at), inLeft));
          v128.store(parent + at, inLeft);
        }
      } else {
        addRows(members, rows, pairs, rightFrom, rightTo, bins, child, each);
        for (let at: usize = 0; at < all; at += 16)
          v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(child + at)));
      }
    }
  }
  for (let leaf: u32 = 0; leaf < leaves; leaf++) {
    const from = startOf(starts, leaf);
    const to = startOf(ends, leaf);
    if (to == from) continue;
    const total = v128.load(totals + (<usize>leaf << 4));
    if (how == ONE_BY_ONE && to - from == 1) {
      let word = load<u32>(bins + (<usize>load<u32>(rows + (<usize>from << 2)) << 2));
      for (let member: usize = 0; member < <usize>members; member++, word >>= 8) {
        const column = load<u32>(columns + (member << 2));
        addLeafOfOne(word & 255, column & 0xffff, column >> 16 != 0, total, l2, scores + member * each);
      }
      continue;
    }
    const histogram = how == ONE_BY_ONE ? histograms : histograms + <usize>leaf * all;
    if (how != FROM_PARENTS) {
      clear(histogram, all);
      addRows(members, rows, pairs, from, to, bins, histogram, each);
    }
    for (let member: usize = 0; member < <usize>members; member++) {
      const column = load<u32>(columns + (member << 2));
      addLeaf(histogram + member * each, column & 0xffff, column >> 16 != 0, total, l2, scores + member * each);
    }
  }
}
