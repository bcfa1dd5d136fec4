// The inner loops of growing exact trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. Arrays are given by their
// addresses. A pair is two float64 side by side, a weight and a weighted target, so that one vector instruction takes both; of several
// classes a weight and a class.

export { growTree } from './grow.as';

/** Up to so many rows a loop is quicker than a call of memory.copy. */
const FEW: usize = 64;

// @ts-ignore: decorator
@inline
function rowAt(list: usize, at: u32): usize {
  return <usize>load<u32>(list + (<usize>at << 2));
}

// @ts-ignore: decorator
@inline
function pairOf(pairs: usize, row: usize): v128 {
  return v128.load(pairs + (row << 4));
}

/** Copies the rows that are in, a byte each, in their order; returns how many. The next one is written over one that is not. */
export function takeRows(from: usize, count: u32, isIn: usize, to: usize): u32 {
  let taken: u32 = 0;
  for (let at: u32 = 0; at < count; at++) {
    const row = rowAt(from, at);
    store<u32>(to + (<usize>taken << 2), <u32>row);
    taken += <u32>load<u8>(isIn + row);
  }
  return taken;
}

/**
 * Copies the pairs of a node's rows beside each other, at the places of its rows, and sums them up.
 *
 * @param y of each row, a float64
 * @param sums set: the weight, the weighted targets, and the weighted squares
 */
export function enterNode(rows: usize, from: u32, to: u32, pairs: usize, y: usize, nodePairs: usize, sums: usize): void {
  let sum = f64x2.splat(0);
  let squares: f64 = 0;
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const pair = pairOf(pairs, row);
    v128.store(nodePairs + (<usize>at << 4), pair);
    sum = f64x2.add(sum, pair);
    squares += f64x2.extract_lane(pair, 1) * load<f64>(y + (row << 3));
  }
  v128.store(sums, sum);
  store<f64>(sums, squares, 16);
}

/**
 * Counts a node's rows, and sums up their pairs, at each of a row's places.
 *
 * @param starts and `places`: row i has the places from `starts[i]` to before `starts[i + 1]`
 * @param size how many places there are
 * @param counts and `sums`: a uint32 and a pair for each, overwritten
 */
export function countPlaces(
  rows: usize, from: u32, to: u32, nodePairs: usize, starts: usize, places: usize, size: u32, counts: usize, sums: usize,
): void {
  sumPlaces(rows, from, to, nodePairs, starts, places, size, counts, sums, true);
}

/** The same without counting rows: where each weighs 1, weights say it. */
// @ts-ignore: decorator
@inline
export function sumPlaces(
  rows: usize, from: u32, to: u32, nodePairs: usize, starts: usize, places: usize, size: u32, counts: usize, sums: usize, counting: bool,
): void {
  for (let place: usize = 0; place < <usize>size; place++) {
    if (counting) store<u32>(counts + (place << 2), 0);
    v128.store(sums + (place << 4), f64x2.splat(0));
  }
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const pair = v128.load(nodePairs + (<usize>at << 4));
    const end = places + (<usize>load<u32>(starts + (row << 2), 4) << 2);
    for (let own = places + (<usize>load<u32>(starts + (row << 2)) << 2); own < end; own += 4) {
      const place = <usize>load<u32>(own);
      if (counting) {
        const count = counts + (place << 2);
        store<u32>(count, load<u32>(count) + 1);
      }
      const sum = sums + (place << 4);
      v128.store(sum, f64x2.add(v128.load(sum), pair));
    }
  }
}

/**
 * Counts a node's rows, and sums up their pairs, at each rank of a column.
 *
 * @param size how many ranks there are
 * @param counts and `sums`: a uint32 and a pair for each, overwritten
 */
export function countRanks(
  rows: usize, from: u32, to: u32, nodePairs: usize, ranks: usize, isWide: bool, size: u32, counts: usize, sums: usize,
): void {
  memory.fill(counts, 0, <usize>size << 2);
  memory.fill(sums, 0, <usize>size << 4);
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const rank = isWide ? <usize>load<u32>(ranks + (row << 2)) : <usize>load<u16>(ranks + (row << 1));
    const count = counts + (rank << 2);
    store<u32>(count, load<u32>(count) + 1);
    const sum = sums + (rank << 4);
    v128.store(sum, f64x2.add(v128.load(sum), v128.load(nodePairs + (<usize>at << 4))));
  }
}

/** Sums up the weights of a node's rows by class; returns all of it. @param sums a float64 for each class, overwritten */
export function sumClasses(rows: usize, from: u32, to: u32, pairs: usize, classes: u32, sums: usize): f64 {
  memory.fill(sums, 0, <usize>classes << 3);
  let weight: f64 = 0;
  for (let at = from; at < to; at++) {
    const pair = pairs + (rowAt(rows, at) << 4);
    const own = load<f64>(pair);
    const sum = sums + classOf(pair);
    store<f64>(sum, load<f64>(sum) + own);
    weight += own;
  }
  return weight;
}

/**
 * Counts a node's rows, and sums up their weights by class, at each rank of a column.
 *
 * @param size how many ranks there are
 * @param counts and `sums`: a uint32, and a float64 for each class, of each rank; overwritten
 */
export function countClasses(
  rows: usize, from: u32, to: u32, pairs: usize, classes: u32, ranks: usize, isWide: bool, size: u32, counts: usize, sums: usize,
): void {
  const bytes = <usize>classes << 3;
  memory.fill(counts, 0, <usize>size << 2);
  memory.fill(sums, 0, <usize>size * bytes);
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const rank = isWide ? <usize>load<u32>(ranks + (row << 2)) : <usize>load<u16>(ranks + (row << 1));
    const count = counts + (rank << 2);
    store<u32>(count, load<u32>(count) + 1);
    const pair = pairs + (row << 4);
    const sum = sums + rank * bytes + classOf(pair);
    store<f64>(sum, load<f64>(sum) + load<f64>(pair));
  }
}

/**
 * Counts a node's rows, and sums up their weights by class, at each of a row's places, as `countPlaces` does. A place is emptied when the
 * node's first row comes to it: to empty all would take longer than to count where rows are few.
 *
 * @param node a number that no other node has
 * @param counts two uint32 for each place: the node that it was counted for last, and its rows
 * @param sums a float64 for each class of each place
 */
export function countPlaceClasses(
  rows: usize, from: u32, to: u32, pairs: usize, classes: u32, starts: usize, places: usize, node: u32, counts: usize, sums: usize,
): void {
  const bytes = <usize>classes << 3;
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const pair = pairs + (row << 4);
    const end = places + (<usize>load<u32>(starts + (row << 2), 4) << 2);
    for (let own = places + (<usize>load<u32>(starts + (row << 2)) << 2); own < end; own += 4) {
      const place = <usize>load<u32>(own);
      const count = counts + (place << 3);
      const ofPlace = sums + place * bytes;
      if (load<u32>(count) != node) {
        store<u32>(count, node);
        store<u32>(count, 0, 4);
        memory.fill(ofPlace, 0, bytes);
      }
      store<u32>(count, load<u32>(count, 4) + 1, 4);
      const sum = ofPlace + classOf(pair);
      store<f64>(sum, load<f64>(sum) + load<f64>(pair));
    }
  }
}

/** Where a row's class is among float64s, in bytes. */
// @ts-ignore: decorator
@inline
function classOf(pair: usize): usize {
  return <usize><u32>load<f64>(pair, 8) << 3;
}

/**
 * Tries the borders between ranks of a node's rows, in a list that is sorted by them, by the squared error.
 *
 * @param ranks of the column, by row: uint16, or uint32 where `isWide`
 * @param total the node's pair
 * @param minLeaf the smallest number of rows of a side, at least 1
 * @param best a float64, the score to exceed; set where one does
 * @returns the place in the list of the first row that goes right; 0 where no score exceeds the best; −1 where all ranks are the same
 */
export function scan(
  list: usize, from: u32, to: u32, ranks: usize, isWide: bool, pairs: usize, total: usize, minLeaf: u32, best: usize,
): i32 {
  return isWide
    ? scanOf<u32>(list, from, to, ranks, pairs, total, minLeaf, best, false)
    : scanOf<u16>(list, from, to, ranks, pairs, total, minLeaf, best, false);
}

/** The same of targets that are 0 or 1, by the Gini impurity. */
export function scanGini(
  list: usize, from: u32, to: u32, ranks: usize, isWide: bool, pairs: usize, total: usize, minLeaf: u32, best: usize,
): i32 {
  return isWide
    ? scanOf<u32>(list, from, to, ranks, pairs, total, minLeaf, best, true)
    : scanOf<u16>(list, from, to, ranks, pairs, total, minLeaf, best, true);
}

// @ts-ignore: decorator
@inline
function scanOf<R>(
  list: usize, from: u32, to: u32, ranks: usize, pairs: usize, total: usize, minLeaf: u32, best: usize, isGini: bool,
): i32 {
  let rank = load<R>(ranks + rowAt(list, from) * sizeof<R>());
  if (rank == load<R>(ranks + rowAt(list, to - 1) * sizeof<R>())) return -1;
  const all = v128.load(total);
  let highest = load<f64>(best);
  let found: i32 = 0;
  let counted = from;
  let left = f64x2.splat(0);
  for (let at = from; at < to; at++) {
    const row = rowAt(list, at);
    const next = load<R>(ranks + row * sizeof<R>());
    if (next != rank) {
      rank = next;
      if (to - at < minLeaf) break;
      if (at - from >= minLeaf) {
        if (at - counted > to - at) left = before(all, list, at, to, pairs);
        counted = at;
        const score = isGini ? giniScore(left, all) : scoreOf(left, all);
        if (score > highest) {
          highest = score;
          found = <i32>at;
        }
      }
    }
    left = f64x2.add(left, pairOf(pairs, row));
  }
  store<f64>(best, highest);
  return found;
}

/** What is left of a total, less the rows of a list from `at` on: of few rows so is the reference's rounding. */
function before(all: v128, list: usize, at: u32, to: u32, pairs: usize): v128 {
  let left = all;
  for (let k = to; k > at; k--) left = f64x2.sub(left, pairOf(pairs, rowAt(list, k - 1)));
  return left;
}

/** What two sides are worth together: of each the square of its weighted targets ÷ its weight. */
// @ts-ignore: decorator
@inline
function scoreOf(left: v128, all: v128): f64 {
  const right = f64x2.sub(all, left);
  const weights = i64x2.shuffle(left, right, 0, 2);
  const targets = i64x2.shuffle(left, right, 1, 3);
  const worth = f64x2.div(f64x2.mul(targets, targets), weights);
  return f64x2.extract_lane(worth, 0) + f64x2.extract_lane(worth, 1);
}

/**
 * The same by the Gini impurity, less than 0 by the weight of each side times its impurity. The squared error of 0 and 1 chooses alike
 * but for rounding, by which splits that are equally good would no longer be so; these operations are the reference's.
 */
// @ts-ignore: decorator
@inline
function giniScore(left: v128, all: v128): f64 {
  const right = f64x2.sub(all, left);
  const weights = i64x2.shuffle(left, right, 0, 2);
  const ones = i64x2.shuffle(left, right, 1, 3);
  const zeros = f64x2.sub(weights, ones);
  const squares = f64x2.add(f64x2.mul(zeros, zeros), f64x2.mul(ones, ones));
  const impurities = f64x2.sub(f64x2.splat(1), f64x2.div(squares, f64x2.mul(weights, weights)));
  const mixed = f64x2.mul(weights, impurities);
  return -f64x2.extract_lane(mixed, 1) - f64x2.extract_lane(mixed, 0);
}

/**
 * Tries the borders as `scan` does, by the Gini impurity of several classes: sums of squares follow each row that changes its side. Each side
 * is added up from its own end, since what is left of a sum that is taken from has lost its digits.
 *
 * @param sums a float64 for each class: scratch
 * @param ofRight a float64 for each place of the list: scratch
 */
export function scanClasses(
  list: usize, from: u32, to: u32, ranks: usize, isWide: bool, pairs: usize, classes: u32, minLeaf: u32, sums: usize, ofRight: usize, best: usize,
): i32 {
  return isWide
    ? scanClassesOf<u32>(list, from, to, ranks, pairs, classes, minLeaf, sums, ofRight, best)
    : scanClassesOf<u16>(list, from, to, ranks, pairs, classes, minLeaf, sums, ofRight, best);
}

// @ts-ignore: decorator
@inline
function scanClassesOf<R>(
  list: usize, from: u32, to: u32, ranks: usize, pairs: usize, classes: u32, minLeaf: u32, sums: usize, ofRight: usize, best: usize,
): i32 {
  const lowest = load<R>(ranks + rowAt(list, from) * sizeof<R>());
  let rank = load<R>(ranks + rowAt(list, to - 1) * sizeof<R>());
  if (rank == lowest) return -1;
  memory.fill(sums, 0, <usize>classes << 3);
  let weight: f64 = 0;
  let squares: f64 = 0;
  for (let at = to; at > from; at--) {
    const row = rowAt(list, at - 1);
    const next = load<R>(ranks + row * sizeof<R>());
    if (next != rank) {
      rank = next;
      store<f64>(ofRight + (<usize>at << 3), mixedness(weight, squares));
      if (rank == lowest) break;
    }
    const pair = pairs + (row << 4);
    squares += addToClass(sums, pair);
    weight += load<f64>(pair);
  }
  memory.fill(sums, 0, <usize>classes << 3);
  weight = 0;
  squares = 0;
  rank = lowest;
  let highest = load<f64>(best);
  let found: i32 = 0;
  for (let at = from; at < to; at++) {
    const row = rowAt(list, at);
    const next = load<R>(ranks + row * sizeof<R>());
    if (next != rank) {
      rank = next;
      if (to - at < minLeaf) break;
      if (at - from >= minLeaf) {
        const score = -load<f64>(ofRight + (<usize>at << 3)) - mixedness(weight, squares);
        if (score > highest) {
          highest = score;
          found = <i32>at;
        }
      }
    }
    const pair = pairs + (row << 4);
    squares += addToClass(sums, pair);
    weight += load<f64>(pair);
  }
  store<f64>(best, highest);
  return found;
}

/** Adds a row to the weight of its class; returns by how much the sum of their squares grows. */
// @ts-ignore: decorator
@inline
function addToClass(sums: usize, pair: usize): f64 {
  const own = load<f64>(pair);
  const sum = sums + classOf(pair);
  const known = load<f64>(sum);
  store<f64>(sum, known + own);
  return own * (2 * known + own);
}

/** The weight of a side times its Gini impurity. */
// @ts-ignore: decorator
@inline
function mixedness(weight: f64, squares: f64): f64 {
  return weight * (1 - squares / (weight * weight));
}

/**
 * Counts those of a node's rows whose value in a column is at most a threshold, and sums up their pairs: without a branch, which would be
 * mispredicted half of the time.
 *
 * @param values of each row, a float32
 * @param sum a pair, set
 */
export function sumUpTo(rows: usize, from: u32, to: u32, nodePairs: usize, values: usize, threshold: f64, sum: usize): u32 {
  let count: u32 = 0;
  let total = f64x2.splat(0);
  for (let at = from; at < to; at++) {
    const isLeft = <u32>(<f64>load<f32>(values + (rowAt(rows, at) << 2)) <= threshold);
    count += isLeft;
    total = f64x2.add(total, v128.and(v128.load(nodePairs + (<usize>at << 4)), i64x2.splat(-(<i64>isLeft))));
  }
  v128.store(sum, total);
  return count;
}

/** The same of several classes. @param sums a float64 for each class, overwritten */
export function sumClassesUpTo(
  rows: usize, from: u32, to: u32, pairs: usize, classes: u32, values: usize, threshold: f64, sums: usize,
): u32 {
  memory.fill(sums, 0, <usize>classes << 3);
  let count: u32 = 0;
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const isLeft = <u32>(<f64>load<f32>(values + (row << 2)) <= threshold);
    const pair = pairs + (row << 4);
    const sum = sums + classOf(pair);
    store<f64>(sum, load<f64>(sum) + <f64>isLeft * load<f64>(pair));
    count += isLeft;
  }
  return count;
}

/** The smallest and the largest value of a node's rows in a column. @param range two float64, set */
export function rangeOfValues(rows: usize, from: u32, to: u32, values: usize, range: usize): void {
  let low = load<f32>(values + (rowAt(rows, from) << 2));
  let high = low;
  for (let at = from + 1; at < to; at++) {
    const value = load<f32>(values + (rowAt(rows, at) << 2));
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  store<f64>(range, <f64>low);
  store<f64>(range, <f64>high, 8);
}

/** Marks the rows of a node with 1 where their rank in a column is above one, else with 0. */
export function markRight(rows: usize, from: u32, to: u32, ranks: usize, isWide: bool, rank: u32, marks: usize): void {
  for (let at = from; at < to; at++) {
    const row = rowAt(rows, at);
    const own = isWide ? load<u32>(ranks + (row << 2)) : <u32>load<u16>(ranks + (row << 1));
    store<u8>(marks + row, <u8>(own > rank));
  }
}

/**
 * Partitions a list in place and in order: rows without a mark first; returns where the others begin. Each row is written to both
 * sides and only one side's end moves: there is no branch to mispredict.
 *
 * @param spare as long as the list
 */
export function partition(list: usize, from: u32, to: u32, marks: usize, spare: usize): u32 {
  let left = list + (<usize>from << 2);
  let right = spare;
  const end = list + (<usize>to << 2);
  for (let at = left; at < end; at += 4) {
    const row = load<u32>(at);
    const step = <usize>load<u8>(marks + <usize>row) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += 4 - step;
    right += step;
  }
  const size = right - spare;
  if (size > FEW << 2) memory.copy(left, spare, size);
  else for (let at: usize = 0; at < size; at += 4) store<u32>(left + at, load<u32>(spare + at));
  return <u32>((left - list) >> 2);
}
