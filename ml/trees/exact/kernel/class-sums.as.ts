// Weights of a node's rows by class: of the node, and of each place or rank in its columns.

import { classOf, rowAt } from './pairs.as';

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
