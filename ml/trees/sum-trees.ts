import type { Matrix, MatrixReader } from '../core/matrix.ts';
import { leafForSingle, type Trees, treesOfClass } from './trees.ts';

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

/** So many rows go through a tree before the next tree has its turn: their columns and a tree stay in the processor's cache. */
const BLOCK_ROWS = 256;
/** Fewer rows go through two trees at once instead. */
const FEW_ROWS = 4;

/** What `sumTrees` gives of the first so many trees, for each number in `counts` (ascending); past the last tree, of all. */
export function stagedSums(
  trees: Trees,
  x: Matrix,
  base: number,
  counts: readonly number[],
  precision: 'float64' | 'float32' = 'float64',
): Float64Array[] {
  const added = counts.map((count, k) => ({ ...trees, roots: trees.roots.subarray(counts[k - 1] ?? 0, count) }));
  const stages = counts.map(() => new Float64Array(x.rows));
  const block = new RowBlock(x, Math.min(x.rows, BLOCK_ROWS));
  const sums = new Float64Array(BLOCK_ROWS);
  for (let start = 0; start < x.rows; start += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, x.rows - start);
    block.read(start, count);
    sums.fill(base);
    for (let k = 0; k < added.length; k++) {
      addTrees(sums, added[k]!, block, precision === 'float32');
      stages[k]!.set(sums.subarray(0, count), start);
    }
  }
  return stages;
}

/** What `sumTrees` gives of the trees of each class, of which there are as many as bases: rows × classes, row-major. */
export function sumTreesByClass(
  trees: Trees,
  x: Matrix,
  bases: readonly number[],
  precision: 'float64' | 'float32' = 'float64',
): Float64Array {
  return stagedSumsByClass(trees, x, bases, [trees.roots.length / bases.length], precision)[0]!;
}

/** What `sumTreesByClass` gives of the first so many rounds, of a tree for each class, for each number in `rounds` (ascending). */
export function stagedSumsByClass(
  trees: Trees,
  x: Matrix,
  bases: readonly number[],
  rounds: readonly number[],
  precision: 'float64' | 'float32' = 'float64',
): Float64Array[] {
  const classes = bases.length;
  const stages = rounds.map(() => new Float64Array(x.rows * classes));
  bases.forEach((base, k) => {
    stagedSums(treesOfClass(trees, k, classes), x, base, rounds, precision).forEach((sums, stage) => {
      for (let i = 0; i < x.rows; i++) stages[stage]![i * classes + k] = sums[i]!;
    });
  });
  return stages;
}

/** Some rows of a matrix. */
class RowBlock {
  readonly x: Matrix;
  /** Their numbers as float32, row-major. */
  readonly data: Float32Array;
  readonly #reader: MatrixReader | undefined;
  readonly #read: Float64Array;
  /** The rows where nothing is missing, and the others. */
  whole: number[] = [];
  others: number[] = [];

  constructor(x: Matrix, rows: number) {
    const { reader } = x;
    this.x = x;
    this.data = new Float32Array(x.columns * rows);
    this.#reader = reader;
    this.#read = reader ? new Float64Array(x.columns * rows) : x.data;
  }

  read(start: number, count: number): void {
    const width = this.x.columns;
    const [data, read] = [this.data, this.#read];
    const first = this.#reader ? 0 : start * width;
    this.#reader?.readRows(start, count, read);
    this.whole = [];
    this.others = [];
    for (let i = 0; i < count; i++) {
      let isWhole = true;
      for (let at = i * width; at < (i + 1) * width; at++) {
        const value = read[first + at]!;
        data[at] = value;
        isWhole &&= !Number.isNaN(value);
      }
      (isWhole ? this.whole : this.others).push(i);
    }
  }
}

/** Adds the leaf of each tree, one tree after the other, to a sum for each row. */
function addTrees(sums: Float64Array, trees: Trees, block: RowBlock, rounds: boolean): void {
  const { x, data, whole, others } = block;
  const width = x.columns;
  if (whole.length < FEW_ROWS) {
    for (const row of whole) sums[row] = sumWhole(trees, data.subarray(row * width), sums[row]!, rounds);
  } else for (const root of trees.roots) addTree(sums, trees, root, block, rounds);
  if (others.length === 0) return;
  for (const root of trees.roots) {
    for (const row of others) {
      const sum = sums[row]! + trees.threshold[leafForSingle(trees, root, data, row * width)]!;
      sums[row] = rounds ? Math.fround(sum) : sum;
    }
  }
}

/**
 * Adds a tree's leaves to the sums of those rows where nothing is missing. A comparison that is taken as a number needs no branch,
 * of which every second one would be mispredicted. Two rows descend at once, since each step waits for the one before.
 */
function addTree(
  sums: Float64Array,
  { feature, threshold, left }: Trees,
  root: number,
  { x, data, whole }: RowBlock,
  rounds: boolean,
): void {
  const count = whole.length;
  const width = x.columns;
  for (let i = 0; i < count; i += 2) {
    const row = whole[i]!;
    const nextRow = i + 1 < count ? whole[i + 1]! : row;
    const start = row * width;
    const nextStart = nextRow * width;
    let node = root;
    let next = root;
    let f = feature[root]!;
    let nextF = f;
    while ((f | nextF) >= 0) {
      node = (left[node]! + Number(data[start + f]! > threshold[node]!)) | 0;
      next = (left[next]! + Number(data[nextStart + nextF]! > threshold[next]!)) | 0;
      f = feature[node]!;
      nextF = feature[next]!;
    }
    for (; f >= 0; f = feature[node]!) node = (left[node]! + Number(data[start + f]! > threshold[node]!)) | 0;
    for (; nextF >= 0; nextF = feature[next]!)
      next = (left[next]! + Number(data[nextStart + nextF]! > threshold[next]!)) | 0;
    const sum = sums[row]! + threshold[node]!;
    sums[row] = rounds ? Math.fround(sum) : sum;
    if (nextRow === row) return;
    const nextSum = sums[nextRow]! + threshold[next]!;
    sums[nextRow] = rounds ? Math.fround(nextSum) : nextSum;
  }
}

/**
 * The sum of all leaves of one row where nothing is missing. Without a branch as in `addTree`, which takes half the time at 500
 * trees; there is no other row to go on with, so two trees are descended at once.
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
