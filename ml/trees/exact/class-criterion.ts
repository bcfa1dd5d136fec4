import { type ClassImpurity, impurityOf, NOTHING } from './class-impurity.ts';
import { type Criterion, type FoundSplit, keepSplit, type Targets } from './criterion.ts';
import type { NodeRows } from './node-rows.ts';
import { isNear } from './ranks.ts';

/**
 * The impurity of several classes, whose indices are the targets. What a node predicts are the shares of its classes, which are told
 * by its rows: here its value is 0.
 *
 * Source: scikit-learn 1.9, `_criterion.pyx`, `Gini` and `Entropy`.
 */
export class ClassCriterion implements Criterion {
  weight = 0;
  readonly value = 0;
  impurity = 0;
  worth = 0;
  /** Of both sides being of one class each. */
  perfectScore = 0;
  readonly best: FoundSplit = { column: -1, lowerRank: 0, higherRank: 0, score: 0 };
  readonly #nodeRows: NodeRows;
  readonly #minLeaf: number;
  readonly #kind: ClassImpurity;
  /** The weight of each class: in the node, */
  readonly #all: Float64Array;
  /** on either side of a split, */
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  /** and at each rank of a column. */
  readonly #byRank: Float64Array;
  #start = 0;
  #end = 0;

  constructor(nodeRows: NodeRows, minLeaf: number, kind: ClassImpurity, classes: number) {
    this.#nodeRows = nodeRows;
    this.#minLeaf = minLeaf;
    this.#kind = kind;
    const numbers = nodeRows.numbers(classes * (3 + nodeRows.binCounts.length));
    [this.#all, this.#left, this.#right] = [0, 1, 2].map((k) => numbers.subarray(k * classes, (k + 1) * classes)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    this.#byRank = numbers.subarray(3 * classes);
  }

  begin({ y, weights }: Targets): void {
    const { pairs } = this.#nodeRows;
    for (let i = 0; i < y.length; i++) {
      pairs[2 * i] = weights[i]!;
      pairs[2 * i + 1] = y[i]!;
    }
  }

  enter(start: number, end: number): void {
    const { kernel, rows, pairs } = this.#nodeRows;
    const all = this.#all;
    this.#start = start;
    this.#end = end;
    this.weight = kernel.sumClasses(rows.byteOffset, start, end, pairs.byteOffset, all.length, all.byteOffset);
    this.impurity = impurityOf[this.#kind](all, this.weight);
    this.worth = -this.weight * this.impurity;
    this.perfectScore = -NOTHING * this.weight;
    this.best.column = -1;
    this.best.score = -Infinity;
  }

  prepare(): void {
    const { rows, pairs, twoValued } = this.#nodeRows;
    twoValued.countClasses(rows, this.#start, this.#end, pairs.byteOffset, this.#all.length);
  }

  tryColumn(column: number): boolean {
    const { twoValued, ranks } = this.#nodeRows;
    if (twoValued.has(column)) return this.#tryTwo(column);
    if (!this.#nodeRows.isListed(this.#end - this.#start)) return this.#tryRanks(column);
    return this.#kind === 'gini' && !ranks.hasNear[column]! ? this.#scan(column) : this.#trySorted(column);
  }

  /** A column of two values has one split at most, whose classes were counted on entering. */
  #tryTwo(column: number): boolean {
    const { twoValued } = this.#nodeRows;
    const count = twoValued.rowsOfClasses(column);
    const size = this.#end - this.#start;
    if (count === 0 || count === size) return false;
    if (count < this.#minLeaf || size - count < this.#minLeaf) return true;
    const left = this.#left;
    const isLow = twoValued.rarer(column) === 0;
    let weight = 0;
    for (let k = 0; k < left.length; k++) {
      const own = twoValued.weightOfClass(column, k, left.length);
      left[k] = isLow ? own : this.#all[k]! - own;
      weight += left[k]!;
    }
    const score = this.#score(weight);
    if (score > this.best.score) keepSplit(this.best, column, 0, 1, score);
    return true;
  }

  /** A column that the rows are sorted by, in the kernel. */
  #scan(column: number): boolean {
    const { kernel, pairs, answers, isWide, nodePairs } = this.#nodeRows;
    const list = this.#nodeRows.sortedBy(column);
    answers[3] = this.best.score;
    const at = kernel.scanClasses(
      list.byteOffset,
      this.#start,
      this.#end,
      this.#nodeRows.ranksOf(column),
      isWide,
      pairs.byteOffset,
      this.#all.length,
      this.#minLeaf,
      this.#left.byteOffset,
      nodePairs.byteOffset,
      answers.byteOffset + 24,
    );
    if (at > 0) this.#keep(column, list, at, answers[3]!);
    return at >= 0;
  }

  /** The same by the entropy, or where some ranks are too near to be told apart. */
  #trySorted(column: number): boolean {
    const { ranks, rows: total, least, hasNear } = this.#nodeRows.ranks;
    const { pairs } = this.#nodeRows;
    const list = this.#nodeRows.sortedBy(column);
    const rankAt = (at: number) => ranks[column * total + list[at]!]!;
    const areNear = (lower: number, higher: number) =>
      lower === higher || (hasNear[column]! && isNear(least[column]![lower]!, least[column]![higher]!));
    if (areNear(rankAt(this.#start), rankAt(this.#end - 1))) return false;
    this.#left.fill(0);
    let weight = 0;
    for (let at = this.#start; at <= this.#end - this.#minLeaf && at < this.#end; at++) {
      if (at - this.#start >= this.#minLeaf && !areNear(rankAt(at - 1), rankAt(at))) {
        const score = this.#score(weight);
        if (score > this.best.score) this.#keep(column, list, at, score);
      }
      const row = list[at]!;
      this.#left[pairs[2 * row + 1]!]! += pairs[2 * row]!;
      weight += pairs[2 * row]!;
    }
    return true;
  }

  /** A column of few ranks: the weights of classes at each rank, and then the ranks in order. */
  #tryRanks(column: number): boolean {
    const { kernel, rows, pairs, ranks, isWide, binCounts: counts } = this.#nodeRows;
    const size = ranks.least[column]!.length;
    const left = this.#left;
    const classes = left.length;
    kernel.countClasses(
      rows.byteOffset,
      this.#start,
      this.#end,
      pairs.byteOffset,
      classes,
      this.#nodeRows.ranksOf(column),
      isWide,
      size,
      counts.byteOffset,
      this.#byRank.byteOffset,
    );
    left.fill(0);
    let last = -1;
    let rowsLeft = 0;
    let weight = 0;
    for (let rank = 0; rank < size; rank++) {
      if (counts[rank] === 0) continue;
      if (rowsLeft >= this.#minLeaf && this.#end - this.#start - rowsLeft >= this.#minLeaf) {
        const score = this.#score(weight);
        if (score > this.best.score) keepSplit(this.best, column, last, rank, score);
      }
      last = rank;
      rowsLeft += counts[rank]!;
      for (let k = 0; k < classes; k++) {
        left[k]! += this.#byRank[rank * classes + k]!;
        weight += this.#byRank[rank * classes + k]!;
      }
    }
    return counts[last] !== this.#end - this.#start;
  }

  scoreUpTo(column: number, threshold: number): number {
    const { kernel, rows, pairs } = this.#nodeRows;
    const left = this.#left;
    const count = kernel.sumClassesUpTo(
      rows.byteOffset,
      this.#start,
      this.#end,
      pairs.byteOffset,
      left.length,
      this.#nodeRows.valuesOf(column),
      threshold,
      left.byteOffset,
    );
    if (count < this.#minLeaf || this.#end - this.#start - count < this.#minLeaf) return -Infinity;
    let weight = 0;
    for (let k = 0; k < left.length; k++) weight += left[k]!;
    return this.#score(weight);
  }

  #keep(column: number, list: Uint32Array, at: number, score: number): void {
    const { ranks, rows } = this.#nodeRows.ranks;
    keepSplit(this.best, column, ranks[column * rows + list[at - 1]!]!, ranks[column * rows + list[at]!]!, score);
  }

  /** What the two sides are worth together, if the left one has the weights of `#left`, which sum to `weight`. */
  #score(weight: number): number {
    const impurity = impurityOf[this.#kind];
    const right = this.#right;
    for (let k = 0; k < right.length; k++) right[k] = this.#all[k]! - this.#left[k]!;
    const rightWeight = this.weight - weight;
    return -rightWeight * impurity(right, rightWeight) - weight * impurity(this.#left, weight);
  }
}
