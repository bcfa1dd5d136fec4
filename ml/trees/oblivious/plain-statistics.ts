import { type Candidate, type Split, splitCount } from './candidate.ts';
import { LeafOrder } from './leaf-order.ts';
import { addLeaf, addOneHotLeaf, type Leaf, type ScoreSums } from './score.ts';
import type { Statistics } from './statistics.ts';

/** Past this many leaves each has its histogram made anew: those of a level would be too many to keep. */
const LEAVES_KEPT = 128;

/** The histograms of a candidate in the leaves of one level, one after another. */
interface LevelHistograms {
  values: Float64Array;
  /** How many leaves the level has; 0 for none yet. */
  leaves: number;
}

/**
 * The statistics of Plain boosting: a split is scored by the gradients and weights of all sampled rows. A histogram
 * reads the smaller child of each parent, and has the larger one by subtraction.
 */
export class PlainStatistics implements Statistics {
  readonly #l2: number;
  readonly #order: LeafOrder;
  readonly #histograms = new Map<Candidate, LevelHistograms>();
  /** Arrays that histograms of former trees have left, by their length. */
  readonly #free = new Map<number, Float64Array[]>();
  readonly #oneLeaf = new Float64Array(512);
  /** Of each leaf of this level; summed once, for all candidates. */
  #leaves: Leaf[] = [];
  readonly #scores: ScoreSums = { products: new Float64Array(256), squares: new Float64Array(256) };

  constructor(rows: number, depth: number, l2: number) {
    this.#l2 = l2;
    this.#order = new LeafOrder(rows, depth);
  }

  /** Begins a tree: rows of weight 0 are left out. */
  begin(gradients: Float64Array, weights: Float64Array): void {
    this.#order.begin(gradients, weights);
    this.#sumLeaves();
    for (const { values } of this.#histograms.values()) this.#freeOf(values.length).push(values);
    this.#histograms.clear();
  }

  sums(candidate: Candidate): ScoreSums {
    const { products, squares } = this.#scores;
    products.fill(0, 0, splitCount(candidate));
    squares.fill(0, 0, splitCount(candidate));
    if (this.#order.leaves > LEAVES_KEPT) this.#addLeafByLeaf(candidate);
    else this.#addLevel(candidate, this.#histogramsOf(candidate));
    return this.#scores;
  }

  split(split: Split): void {
    this.#order.split(split);
    this.#sumLeaves();
  }

  #addLeafByLeaf(candidate: Candidate): void {
    for (let leaf = 0; leaf < this.#order.leaves; leaf++) {
      if (this.#order.count(leaf) === 0) continue;
      this.#oneLeaf.fill(0, 0, 2 * candidate.binCount);
      this.#order.addTo(this.#oneLeaf, 0, candidate.bins, leaf);
      this.#addScores(candidate, leaf, this.#oneLeaf, 0);
    }
  }

  #addLevel(candidate: Candidate, histograms: LevelHistograms): void {
    const { values } = histograms;
    const { leaves } = this.#order;
    const size = 2 * candidate.binCount;
    // Where rows are few, to read them all is less work than to subtract bins.
    const subtracts = this.#order.sampled > leaves * size;
    if (subtracts && histograms.leaves > 0 && histograms.leaves === leaves / 2) {
      for (let parent = 0; parent < leaves / 2; parent++) this.#halve(candidate, values, parent);
    } else {
      values.fill(0, 0, leaves * size);
      for (let leaf = 0; leaf < leaves; leaf++) this.#order.addTo(values, leaf * size, candidate.bins, leaf);
    }
    histograms.leaves = leaves;
    for (let leaf = 0; leaf < leaves; leaf++)
      if (this.#order.count(leaf) > 0) this.#addScores(candidate, leaf, values, leaf * size);
  }

  /** Replaces a parent's histogram by its left child's, and puts the right child's where that leaf's is. */
  #halve({ bins, binCount }: Candidate, values: Float64Array, left: number): void {
    const right = left + this.#order.leaves / 2;
    const leftRows = this.#order.count(left);
    const rightRows = this.#order.count(right);
    if (leftRows + rightRows === 0) return;
    const size = 2 * binCount;
    const parentAt = left * size;
    const childAt = right * size;
    for (let i = 0; i < size; i++) values[childAt + i] = 0;
    if (leftRows < rightRows) {
      this.#order.addTo(values, childAt, bins, left);
      for (let i = 0; i < size; i++) {
        const inLeft = values[childAt + i]!;
        values[childAt + i] = values[parentAt + i]! - inLeft;
        values[parentAt + i] = inLeft;
      }
    } else {
      this.#order.addTo(values, childAt, bins, right);
      for (let i = 0; i < size; i++) values[parentAt + i]! -= values[childAt + i]!;
    }
  }

  #addScores(candidate: Candidate, leaf: number, values: Float64Array, at: number): void {
    if (candidate.oneHot) addOneHotLeaf(this.#scores, values, at, candidate, this.#leaves[leaf]!);
    else addLeaf(this.#scores, values, at, candidate, this.#leaves[leaf]!);
  }

  #sumLeaves(): void {
    this.#leaves = Array.from({ length: this.#order.leaves }, (_, leaf) => ({
      ...this.#order.sum(leaf),
      l2: this.#l2,
    }));
  }

  #histogramsOf(candidate: Candidate): LevelHistograms {
    const kept = this.#histograms.get(candidate);
    if (kept) return kept;
    const length = 2 * candidate.binCount * LEAVES_KEPT;
    const made = { values: this.#freeOf(length).pop() ?? new Float64Array(length), leaves: 0 };
    this.#histograms.set(candidate, made);
    return made;
  }

  #freeOf(length: number): Float64Array[] {
    const free = this.#free.get(length) ?? [];
    this.#free.set(length, free);
    return free;
  }
}
