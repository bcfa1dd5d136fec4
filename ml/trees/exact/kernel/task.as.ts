// What a tree is grown on.

import { at32 } from './lists.as';

/** The addresses of all that a tree is grown on and written to, and the rules, as kernel-growth.ts writes them. */
// @ts-ignore: decorator
@unmanaged
export class Task {
  /** The rules. */
  minDecrease: f64;
  maxDepth: u32;
  minSplit: u32;
  minLeaf: u32;
  maxFeatures: u32;
  /** Whether rows that are not in the tree are to be followed. */
  follows: u32;
  /** The rows of the matrix; how many, and of each its target, its weight, its pair, and whether it is marked. */
  total: u32;
  y: usize;
  weights: usize;
  pairs: usize;
  marks: usize;
  /** The rows in the tree, those that are not, their pairs beside each other, and as much room as for the rows. */
  rows: usize;
  others: usize;
  nodePairs: usize;
  spare: usize;
  /** The columns in the order of the root, and how many, of which so many vary; and the same, in the order of the search. */
  inOrder: usize;
  columns: usize;
  columnCount: u32;
  varying: u32;
  /** Of each column: its values by rank, its list and that of all rows (0 where it has none), its place, and its rarer rank. */
  least: usize;
  lists: usize;
  sorted: usize;
  placeOf: usize;
  rarer: usize;
  ranks: usize;
  isWide: u32;
  /** Of columns of two values, as `countPlaces` has them. */
  starts: usize;
  places: usize;
  placeCount: u32;
  counts: usize;
  sums: usize;
  /** What `enterNode` says of a node, and the best score. */
  answers: usize;
  /** The nodes: of each its rows, its other rows, its depth, and so on; and those that wait. */
  start: usize;
  end: usize;
  otherStart: usize;
  otherEnd: usize;
  depth: usize;
  mayVary: usize;
  column: usize;
  right: usize;
  threshold: usize;
  value: usize;
  impurity: usize;
  weight: usize;
  waiting: usize;
}

export function ranksOf(t: Task, column: u32): usize {
  return t.ranks + <usize>column * t.total * (t.isWide ? 4 : 2);
}

export function rankOf(t: Task, column: u32, row: u32): u32 {
  const ranks = ranksOf(t, column);
  return t.isWide ? at32(ranks, row) : <u32>load<u16>(ranks + (<usize>row << 1));
}
