import type { Matrix } from '../core/matrix.ts';
import type { Trees } from './trees.ts';

/**
 * The sum of the trees' leaves for each row of `x`, on top of `base`, tree by tree.
 *
 * @param precision of the sum after each tree. @default float64
 */
export function sumTrees(
  trees: Trees,
  x: Matrix,
  base: number,
  precision: 'float64' | 'float32' = 'float64',
): Float64Array {
  return stagedSums(trees, x, base, [trees.roots.length], precision)[0]!;
}

/** What `sumTrees` gives of the first so many trees, for each number in `counts` (ascending); past the last tree, of all. */
export function stagedSums(
  trees: Trees,
  x: Matrix,
  base: number,
  counts: readonly number[],
  precision: 'float64' | 'float32' = 'float64',
): Float64Array[] {
  const rounds = precision === 'float32';
  const added = counts.map((count, k) => ({ ...trees, roots: trees.roots.subarray(counts[k - 1] ?? 0, count) }));
  const stages = counts.map(() => new Float64Array(x.rows));
  const row = new Float32Array(x.columns);
  for (let i = 0; i < x.rows; i++) {
    const sum = readRow(x, i, row) ? sumWhole : sumLeaves;
    let value = base;
    for (let k = 0; k < added.length; k++) {
      value = sum(added[k]!, row, value, rounds);
      stages[k]![i] = value;
    }
  }
  return stages;
}

/** Reads row i as float32; says whether nothing is missing there. */
function readRow({ columns, data }: Matrix, i: number, row: Float32Array): boolean {
  let isWhole = true;
  for (let j = 0; j < columns; j++) {
    row[j] = data[i * columns + j]!;
    isWhole &&= !Number.isNaN(row[j]!);
  }
  return isWhole;
}

function leafOf({ feature, threshold, left, missingLeft }: Trees, root: number, row: Float32Array): number {
  let node = root;
  for (let f = feature[node]!; f >= 0; f = feature[node]!) {
    const goesLeft = Number.isNaN(row[f]!) ? missingLeft[node] === 1 : row[f]! <= threshold[node]!;
    node = left[node]! + (goesLeft ? 0 : 1);
  }
  return node;
}

function sumLeaves(trees: Trees, row: Float32Array, base: number, rounds: boolean): number {
  let sum = base;
  for (const root of trees.roots) {
    sum += trees.threshold[leafOf(trees, root, row)]!;
    if (rounds) sum = Math.fround(sum);
  }
  return sum;
}

/**
 * The same for a row where nothing is missing. A comparison that is taken as a number needs no branch, of which every
 * second one would be mispredicted: half the time, at 500 trees. Two trees are descended at once, since each step waits for
 * the one before.
 */
function sumWhole(
  { roots, feature, threshold, left }: Trees,
  row: Float32Array,
  base: number,
  rounds: boolean,
): number {
  let sum = base;
  for (let t = 0; t < roots.length; t += 2) {
    let node = roots[t]!;
    let f = feature[node]!;
    let next = t + 1 < roots.length ? roots[t + 1]! : node;
    let nextF = feature[next]!;
    while ((f | nextF) >= 0) {
      node = (left[node]! + Number(row[f]! > threshold[node]!)) | 0;
      next = (left[next]! + Number(row[nextF]! > threshold[next]!)) | 0;
      f = feature[node]!;
      nextF = feature[next]!;
    }
    for (; f >= 0; f = feature[node]!) node = (left[node]! + Number(row[f]! > threshold[node]!)) | 0;
    for (; nextF >= 0; nextF = feature[next]!) next = (left[next]! + Number(row[nextF]! > threshold[next]!)) | 0;
    sum += threshold[node]!;
    if (rounds) sum = Math.fround(sum);
    if (t + 1 === roots.length) break;
    sum += threshold[next]!;
    if (rounds) sum = Math.fround(sum);
  }
  return sum;
}
