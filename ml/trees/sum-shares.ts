import type { Matrix } from '../core/matrix.ts';
import type { ClassShares } from './class-shares.ts';
import { leafFor, type Trees } from './trees.ts';

/** Trees whose leaves say shares of classes. */
export type ClassTrees = Trees & { readonly shares: ClassShares };

/** So many rows go through a tree before the next tree has its turn: a tree stays in the processor's cache. */
const BLOCK_ROWS = 256;

/**
 * The sum of the shares that trees say of each row of `x`, of the first so many trees, for each number in `counts` (ascending);
 * past the last tree, of all: rows × classes, row-major.
 */
export function stagedShares(trees: ClassTrees, x: Matrix, counts: readonly number[]): Float64Array[] {
  const { classes } = trees.shares;
  const added = counts.map((count, k) => trees.roots.subarray(counts[k - 1] ?? 0, count));
  const stages = counts.map(() => new Float64Array(x.rows * classes));
  const sums = new Float64Array(Math.min(BLOCK_ROWS, x.rows) * classes);
  for (let start = 0; start < x.rows; start += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, x.rows - start);
    sums.fill(0);
    for (let k = 0; k < added.length; k++) {
      for (const root of added[k]!) addShares(sums, trees, root, x, { start, count });
      stages[k]!.set(sums.subarray(0, count * classes), start * classes);
    }
  }
  return stages;
}

/** Adds what one tree says of some rows. */
function addShares(
  sums: Float64Array,
  trees: ClassTrees,
  root: number,
  x: Matrix,
  { start, count }: { readonly start: number; readonly count: number },
): void {
  const { classes, starts, classOf, shares } = trees.shares;
  for (let i = 0; i < count; i++) {
    const place = trees.threshold[leafFor(trees, root, x.data, (start + i) * x.columns)]!;
    const end = starts[place + 1]!;
    for (let at = starts[place]!; at < end; at++) sums[i * classes + classOf[at]!]! += shares[at]!;
  }
}
