// The best border between ranks of a node's rows, by the Gini impurity of several classes.

import { classOf, rowAt } from './pairs.as';

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
