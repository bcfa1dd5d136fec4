import type { Matrix } from '../core/matrix.ts';
import type { ClassShares } from './class-shares.ts';
import { eachLeaves } from './prediction/each-leaves.ts';
import type { Trees } from './trees.ts';

/** Trees whose leaves say shares of classes. */
export type ClassTrees = Trees & { readonly shares: ClassShares };

/**
 * The sum of the shares that trees say of each row of `x`, of the first so many trees, for each number in `counts` (ascending);
 * past the last tree, of all: rows × classes, row-major.
 */
export function stagedShares(trees: ClassTrees, x: Matrix, counts: readonly number[]): Float64Array[] {
  const { roots, threshold } = trees;
  const { classes, starts, classOf, shares } = trees.shares;
  const stages = counts.map(() => new Float64Array(x.rows * classes));
  const sums = new Float64Array(classes);
  eachLeaves(trees, x, (leaves, first, count) => {
    for (let i = 0; i < count; i++) {
      sums.fill(0);
      let tree = 0;
      for (let stage = 0; stage < counts.length; stage++) {
        for (const end = Math.min(counts[stage]!, roots.length); tree < end; tree++) {
          const place = threshold[leaves[i * roots.length + tree]!]!;
          const end = starts[place + 1]!;
          for (let at = starts[place]!; at < end; at++) sums[classOf[at]!]! += shares[at]!;
        }
        stages[stage]!.set(sums, (first + i) * classes);
      }
    }
  });
  return stages;
}
