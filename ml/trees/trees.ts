import type { Matrix } from '../core/matrix.ts';
import type { ClassShares } from './class-shares.ts';

/**
 * Binary trees, one after another, as flat arrays with an entry a node. The two children of a node stand beside each
 * other, the left one first. Columns are compared as float32, as scikit-learn and XGBoost do.
 */
export type Trees = {
  /** The root of each tree. */
  readonly roots: Int32Array;
  /** The column that a node looks at; −1 at a leaf. */
  readonly feature: Int32Array;
  /** At a split, values up to it go left; at a leaf, its value, or the place of its shares. */
  readonly threshold: Float64Array;
  /** The left child; the right one is the next. */
  readonly left: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /**
   * The weight of the training rows that reached a node, as the reference counts it: of scikit-learn the weights (or draws) of the
   * rows that its tree was grown on, of XGBoost the sum of their hessians. @default not known: trees grown before 0.5.0 lack it
   */
  readonly cover?: Float32Array;
  /** Of classifiers of several classes what leaves say, in place of a number. @default leaves say numbers */
  readonly shares?: ClassShares;
};

/** What float32 holds, with room to spare. */
const LARGEST_COVER = 2 ** 127;

/** Grows the arrays of `Trees`, node by node. */
export class TreeBuilder {
  #feature = new Int32Array(256);
  #threshold = new Float64Array(256);
  #left = new Int32Array(256);
  #missingLeft = new Uint8Array(256);
  #cover = new Float32Array(256);
  #hasCover = false;
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

  /** Notes the weight of the training rows that reached a node. Of all nodes it is known, or of none. */
  setCover(node: number, weight: number): void {
    this.#cover[node] = weight;
    this.#hasCover = true;
  }

  /** Notes it of the last tree's nodes, in their order from the root on, of which none is heavier than the root. */
  setCovers(root: number, weights: Float64Array): void {
    const own = weights.subarray(0, this.#nodes - root);
    // Only the shares of a tree's nodes matter, so what float32 does not hold has another unit.
    const unit = own[0]! < LARGEST_COVER ? 1 : LARGEST_COVER / own[0]!;
    this.#cover.set(unit === 1 ? own : own.map((weight) => weight * unit), root);
    this.#hasCover = true;
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
      ...(this.#hasCover && { cover: this.#cover.slice(0, nodes) }),
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
      this.#cover = grown(this.#cover, new Float32Array(2 * this.#cover.length));
    }
    this.#feature.fill(-1, first, this.#nodes);
    return first;
  }
}

function grown<A extends Int32Array | Float64Array | Float32Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The first `count` trees, or all where there are fewer; nothing is copied. */
export function firstTrees(trees: Trees, count: number): Trees {
  return { ...trees, roots: trees.roots.subarray(0, count) };
}

/** The trees of class k of several, where each round has one for each class, in their order; nothing is copied but their roots. */
export function treesOfClass(trees: Trees, k: number, classes: number): Trees {
  return classes === 1 ? trees : { ...trees, roots: trees.roots.filter((_, tree) => tree % classes === k) };
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

/** The same of numbers that are float32 already. */
export function leafForSingle(
  { feature, threshold, left, missingLeft }: Trees,
  root: number,
  data: Float32Array,
  start: number,
): number {
  let node = root;
  for (let f = feature[node]!; f >= 0; f = feature[node]!) {
    const value = data[start + f]!;
    const goesRight = Number.isNaN(value) ? 1 - missingLeft[node]! : Number(value > threshold[node]!);
    node = left[node]! + goesRight;
  }
  return node;
}
