import type { Matrix } from '../core/matrix.ts';

/**
 * Binary trees, one after another, as flat arrays with an entry a node. The two children of a node stand beside each
 * other, the left one first. Columns are compared as float32, as scikit-learn and XGBoost do.
 */
export type Trees = {
  /** The root of each tree. */
  readonly roots: Int32Array;
  /** The column that a node looks at; −1 at a leaf. */
  readonly feature: Int32Array;
  /** At a split, values up to it go left; at a leaf, its value. */
  readonly threshold: Float64Array;
  /** The left child; the right one is the next. */
  readonly left: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
};

/** Grows the arrays of `Trees`, node by node. */
export class TreeBuilder {
  #feature = new Int32Array(256);
  #threshold = new Float64Array(256);
  #left = new Int32Array(256);
  #missingLeft = new Uint8Array(256);
  #nodes = 0;
  #roots = new Int32Array(64);
  #trees = 0;

  /** Begins a tree; its root is a leaf of value 0 until said otherwise. */
  addTree(): number {
    if (this.#trees === this.#roots.length) this.#roots = grown(this.#roots, new Int32Array(2 * this.#trees));
    const root = this.#add(1);
    this.#roots[this.#trees++] = root;
    return root;
  }

  /** Makes a node a split; returns its left child, the right one being the next. Both are leaves for now. */
  split(node: number, feature: number, threshold: number, missingLeft: boolean): number {
    const left = this.#add(2);
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    this.#left[node] = left;
    this.#missingLeft[node] = missingLeft ? 1 : 0;
    return left;
  }

  setLeaf(node: number, value: number): void {
    this.#threshold[node] = value;
  }

  leafAt(node: number): number {
    return this.#threshold[node]!;
  }

  /** The trees so far, without copying them: good until the next one is begun. */
  view(): Trees {
    return {
      roots: this.#roots.subarray(0, this.#trees),
      feature: this.#feature.subarray(0, this.#nodes),
      threshold: this.#threshold.subarray(0, this.#nodes),
      left: this.#left.subarray(0, this.#nodes),
      missingLeft: this.#missingLeft.subarray(0, this.#nodes),
    };
  }

  /** The trees, or the first `count` of them. */
  build(count = this.#trees): Trees {
    const nodes = count < this.#trees ? this.#roots[count]! : this.#nodes;
    return {
      roots: this.#roots.slice(0, Math.min(count, this.#trees)),
      feature: this.#feature.slice(0, nodes),
      threshold: this.#threshold.slice(0, nodes),
      left: this.#left.slice(0, nodes),
      missingLeft: this.#missingLeft.slice(0, nodes),
    };
  }

  #add(count: number): number {
    const first = this.#nodes;
    this.#nodes += count;
    if (this.#nodes > this.#feature.length) {
      this.#feature = grown(this.#feature, new Int32Array(2 * this.#feature.length));
      this.#threshold = grown(this.#threshold, new Float64Array(2 * this.#threshold.length));
      this.#left = grown(this.#left, new Int32Array(2 * this.#left.length));
      this.#missingLeft = grown(this.#missingLeft, new Uint8Array(2 * this.#missingLeft.length));
    }
    this.#feature.fill(-1, first, this.#nodes);
    return first;
  }
}

function grown<A extends Int32Array | Float64Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The first `count` trees, or all where there are fewer; nothing is copied. */
export function firstTrees(trees: Trees, count: number): Trees {
  return { ...trees, roots: trees.roots.subarray(0, count) };
}

/** The leaf that each row of `x` falls into, of one tree: its index among all nodes. */
export function applyTree(trees: Trees, tree: number, x: Matrix): Int32Array {
  const leaves = new Int32Array(x.rows);
  const root = trees.roots[tree]!;
  for (let i = 0; i < x.rows; i++) leaves[i] = leafFor(trees, root, x.data, i * x.columns);
  return leaves;
}

/** The leaf's value for each row of `x`, of one tree. */
export function predictTree(trees: Trees, tree: number, x: Matrix): Float64Array {
  const values = new Float64Array(x.rows);
  const root = trees.roots[tree]!;
  for (let i = 0; i < x.rows; i++) values[i] = trees.threshold[leafFor(trees, root, x.data, i * x.columns)]!;
  return values;
}

/** Adds the leaf's value, of one tree, to a number for each row of `x` whose weight is 0. */
export function addUnweighted(sums: Float64Array, trees: Trees, tree: number, x: Matrix, weights: Float64Array): void {
  const root = trees.roots[tree]!;
  for (let i = 0; i < x.rows; i++) {
    if (weights[i] !== 0) continue;
    sums[i]! += trees.threshold[leafFor(trees, root, x.data, i * x.columns)]!;
  }
}

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

/**
 * The leaf of the row that starts at a place of a matrix's data, below a root: of one tree, to round what it looks at takes
 * less than to copy the row.
 */
export function leafFor(
  { feature, threshold, left, missingLeft }: Trees,
  root: number,
  data: Float64Array,
  start: number,
): number {
  let node = root;
  for (let f = feature[node]!; f >= 0; f = feature[node]!) {
    const value = Math.fround(data[start + f]!);
    const goesRight = Number.isNaN(value) ? 1 - missingLeft[node]! : Number(value > threshold[node]!);
    node = left[node]! + goesRight;
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
