import { eachBlock, type Matrix } from '../core/matrix.ts';
import { type Summing, sumAllRows, sumRows } from './prediction/sum-rows.ts';
import { placeTrees } from './prediction/tree-records.ts';
import { leafFor, type Trees } from './trees.ts';

type Precision = 'float64' | 'float32';

/**
 * The sum of the trees' leaves for each row of `x`, on top of `base`, tree by tree.
 *
 * @param precision of the sum after each tree. @default float64
 * @param threads the most that may be used; the sums are the same for any number. @default 1
 */
export function sumTrees(
  trees: Trees,
  x: Matrix,
  base: number,
  precision: Precision = 'float64',
  threads = 1,
): Float64Array {
  return sumTreesByClass(trees, x, [base], precision, threads);
}

/** What `sumTrees` gives of the first so many trees, for each number in `counts` (ascending); past the last tree, of all. */
export function stagedSums(
  trees: Trees,
  x: Matrix,
  base: number,
  counts: readonly number[],
  precision: Precision = 'float64',
): Float64Array[] {
  return stagedSumsByClass(trees, x, [base], counts, precision);
}

/** What `sumTrees` gives of the trees of each class, of which there are as many as bases: rows × classes, row-major. */
export function sumTreesByClass(
  trees: Trees,
  x: Matrix,
  bases: readonly number[],
  precision: Precision = 'float64',
  threads = 1,
): Float64Array {
  const summing = { bases, isSingle: precision === 'float32' };
  const placed = placeTrees(trees, x.columns);
  if (placed) return sumAllRows(placed, x, summing, threads);
  return sumWhereTheyLie(trees, x, [Infinity], summing)[0]!;
}

/** What `sumTreesByClass` gives of the first so many rounds, of a tree for each class, for each number in `rounds` (ascending). */
export function stagedSumsByClass(
  trees: Trees,
  x: Matrix,
  bases: readonly number[],
  rounds: readonly number[],
  precision: Precision = 'float64',
): Float64Array[] {
  const summing = { bases, isSingle: precision === 'float32' };
  const placed = placeTrees(trees, x.columns);
  return placed ? sumRows(placed, x, rounds, summing) : sumWhereTheyLie(trees, x, rounds, summing);
}

/** The same of trees that are too large for the kernel. */
export function sumWhereTheyLie(
  trees: Trees,
  x: Matrix,
  rounds: readonly number[],
  { bases, isSingle }: Summing,
): Float64Array[] {
  const classes = bases.length;
  const stages = rounds.map(() => new Float64Array(x.rows * classes));
  eachBlock(x, (data, at, first, count) => {
    for (let k = 0; k < classes; k++) {
      const sums = new Float64Array(count).fill(bases[k]!);
      let tree = k;
      rounds.forEach((round, stage) => {
        for (; tree < Math.min(round * classes, trees.roots.length); tree += classes) {
          for (let i = 0; i < count; i++) {
            const sum = sums[i]! + trees.threshold[leafFor(trees, trees.roots[tree]!, data, at + i * x.columns)]!;
            sums[i] = isSingle ? Math.fround(sum) : sum;
          }
        }
        for (let i = 0; i < count; i++) stages[stage]![(first + i) * classes + k] = sums[i]!;
      });
    }
  });
  return stages;
}
