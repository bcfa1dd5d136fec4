// The best border between ranks of a node's rows, by the squared error, and by the Gini impurity of two classes.

import { pairOf, rowAt } from './pairs.as';

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
