// Lists of rows, each a uint32: taken from others, and partitioned where a node is split.

import { rowAt } from './pairs.as';

/** Up to so many rows a loop is quicker than a call of memory.copy. */
const FEW: usize = 64;

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
