// Thresholds that are drawn at random: between which values of a node's rows, and what lies up to one.

import { classOf, rowAt } from './pairs.as';

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
