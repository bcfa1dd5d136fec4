import { eachBlock, type Matrix } from '../../core/matrix.ts';
import { leafFor, type Trees } from '../trees.ts';
import { readRows } from './read-rows.ts';
import { blockRows } from './sum-thread.ts';
import { type PlacedTrees, placeTrees, TREE } from './tree-records.ts';

/** Leaves of rows, rows × trees: the number of each among all nodes. They are good until the visit returns. */
type Visit = (leaves: Int32Array, first: number, count: number) => void;

/** So many leaves are found at a time. */
const MOST_LEAVES = 2 ** 16;

/** Visits all rows, some at a time, with the leaf that each falls into of each tree. */
export function eachLeaves(trees: Trees, x: Matrix, visit: Visit): void {
  const placed = placeTrees(trees, x.columns);
  if (placed) eachInKernel(placed, x, visit);
  else eachWhereTheyLie(trees, x, visit);
}

function eachInKernel({ memory, records }: PlacedTrees, x: Matrix, visit: Visit): void {
  const { trees, count: treeCount, nodes, isWide, columns, rowKeys, missing } = records;
  const most = Math.max(1, Math.min(blockRows(records), x.rows, Math.floor(MOST_LEAVES / treeCount)));
  const { rows } = memory.room(0, most * columns, 0);
  const keys = memory.keysOf(0, most * rowKeys);
  const leaves = memory.leaves(most * treeCount);
  for (let first = 0; first < x.rows; first += most) {
    const count = Math.min(most, x.rows - first);
    readRows(x, first, count, rows);
    memory.kernel.toKeys(rows.byteOffset, keys.byteOffset, count, columns, missing);
    memory.kernel.findLeaves(
      trees,
      treeCount,
      TREE,
      nodes,
      isWide,
      keys.byteOffset,
      count,
      4 * rowKeys,
      leaves.byteOffset,
    );
    visit(leaves, first, count);
  }
}

function eachWhereTheyLie(trees: Trees, x: Matrix, visit: Visit): void {
  const { roots } = trees;
  const leaves = new Int32Array(roots.length);
  eachBlock(x, (data, at, first, count) => {
    for (let i = 0; i < count; i++) {
      for (let tree = 0; tree < roots.length; tree++)
        leaves[tree] = leafFor(trees, roots[tree]!, data, at + i * x.columns);
      visit(leaves, first + i, 1);
    }
  });
}
