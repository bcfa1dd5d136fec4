// Sums over a node's rows: of the node, and of each place or rank in its columns.

import { pairOf, rowAt } from './pairs.as';

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
