import { type ClassImpurity, impurityOfTwo, NOTHING } from './class-impurity.ts';
import { type Criterion, type FoundSplit, keepSplit, type Targets } from './criterion.ts';
import type { NodeRows } from './node-rows.ts';
import { isNear } from './ranks.ts';

// Sums this small cannot be told from zero, and a Poisson model must predict more. Source: scikit-learn, `_criterion.pyx`.
const EPSILON = 10 * 2 ** -52;
// Below this share of a node's sum, what is left of it may be nothing but rounding.
const DOUBTFUL = 1e-9;

/** What these sums measure. */
export type SumMeasure = 'squared_error' | 'poisson' | ClassImpurity;

/**
 * The criteria for which sums of weights and of weighted targets say all: squared error, Poisson's deviance, and the impurity of two
 * classes, which are the targets 0 and 1: what a node predicts is then the share of class 1.
 *
 * Source: scikit-learn 1.9, `_criterion.pyx`, `MSE`, `Poisson`, `Gini` and `Entropy`.
 */
export class SumCriterion implements Criterion {
  weight = 0;
  value = 0;
  impurity = 0;
  worth = 0;
  perfectScore = Infinity;
  readonly best: FoundSplit = { column: -1, lowerRank: 0, higherRank: 0, score: 0 };
  readonly #nodeRows: NodeRows;
  readonly #minLeaf: number;
  readonly #measure: SumMeasure;
  readonly #poisson: boolean;
  readonly #impurityOf: ((weight: number, ones: number) => number) | undefined;
  #start = 0;
  #end = 0;
  #sum = 0;

  constructor(nodeRows: NodeRows, minLeaf: number, measure: SumMeasure) {
    this.#nodeRows = nodeRows;
    this.#minLeaf = minLeaf;
    this.#measure = measure;
    this.#poisson = measure === 'poisson';
    this.#impurityOf = measure === 'gini' || measure === 'entropy' ? impurityOfTwo[measure] : undefined;
  }

  begin({ y, weights }: Targets): void {
    const { pairs } = this.#nodeRows;
    this.#nodeRows.y.set(y);
    for (let i = 0; i < y.length; i++) {
      pairs[2 * i] = weights[i]!;
      pairs[2 * i + 1] = y[i]! * weights[i]!;
    }
  }

  enter(start: number, end: number): void {
    const { kernel, rows, pairs, y, nodePairs, answers } = this.#nodeRows;
    // biome-ignore format: as the kernel has them
    kernel.enterNode(rows.byteOffset, start, end, pairs.byteOffset, y.byteOffset, nodePairs.byteOffset, answers.byteOffset);
    const weight = answers[0]!;
    const sum = answers[1]!;
    const squares = answers[2]!;
    this.#start = start;
    this.#end = end;
    this.#sum = sum;
    this.weight = weight;
    this.value = sum / weight;
    this.#describe(weight, sum, squares);
    this.best.column = -1;
    this.best.score = -Infinity;
  }

  prepare(): void {
    const { rows, twoValued, nodePairs } = this.#nodeRows;
    twoValued.count(rows, this.#start, this.#end, nodePairs.byteOffset);
  }

  tryColumn(column: number): boolean {
    if (this.#nodeRows.twoValued.has(column)) return this.#tryTwo(column);
    return this.#nodeRows.isListed(this.#end - this.#start) ? this.#trySorted(column) : this.#tryBins(column);
  }

  scoreUpTo(column: number, threshold: number): number {
    const { kernel, rows, nodePairs, answers } = this.#nodeRows;
    const count = kernel.sumUpTo(
      rows.byteOffset,
      this.#start,
      this.#end,
      nodePairs.byteOffset,
      this.#nodeRows.valuesOf(column),
      threshold,
      answers.byteOffset,
    );
    const isAllowed = count >= this.#minLeaf && this.#end - this.#start - count >= this.#minLeaf;
    return isAllowed ? this.#score(answers[0]!, answers[1]!) : -Infinity;
  }

  /** How impure the node is, what a split must be worth more than, and what none is worth more than. */
  #describe(weight: number, sum: number, squares: number): void {
    if (this.#impurityOf) {
      this.impurity = this.#impurityOf(weight, sum);
      this.worth = -weight * this.impurity;
      this.perfectScore = -NOTHING * weight;
      return;
    }
    this.impurity = this.#poisson ? this.#deviance() : squares / weight - this.value * this.value;
    this.worth = this.#poisson ? sum * Math.log(this.value) : sum * this.value;
    // What the rows are worth if none shares a leaf with another target.
    this.perfectScore = this.#end - this.#start === 2 ? this.#scoreOfTwo() : this.#poisson ? Infinity : squares;
  }

  /** A column of two values has one split at most, whose sums were counted on entering. */
  #tryTwo(column: number): boolean {
    const { twoValued } = this.#nodeRows;
    const count = twoValued.rows(column);
    const size = this.#end - this.#start;
    if (count === 0 || count === size) return false;
    if (count >= this.#minLeaf && size - count >= this.#minLeaf) {
      const isLow = twoValued.rarer(column) === 0;
      const weight = twoValued.weight(column);
      const sum = twoValued.target(column);
      const score = this.#score(isLow ? weight : this.weight - weight, isLow ? sum : this.#sum - sum);
      if (score > this.best.score && !(this.#poisson && this.#leavesZeros(column, sum)))
        keepSplit(this.best, column, 0, 1, score);
    }
    return true;
  }

  /** A column that the rows are sorted by. */
  #trySorted(column: number): boolean {
    const { kernel, pairs, answers, isWide, ranks } = this.#nodeRows;
    const measure = this.#measure;
    if (measure === 'poisson' || measure === 'entropy' || ranks.hasNear[column]!)
      return this.#trySortedWithCare(column);
    const list = this.#nodeRows.sortedBy(column);
    answers[3] = this.best.score;
    const scan = measure === 'gini' ? kernel.scanGini : kernel.scan;
    const at = scan(
      list.byteOffset,
      this.#start,
      this.#end,
      this.#nodeRows.ranksOf(column),
      isWide,
      pairs.byteOffset,
      answers.byteOffset,
      this.#minLeaf,
      answers.byteOffset + 24,
    );
    if (at > 0) {
      const rankOf = (row: number) => ranks.ranks[column * ranks.rows + row]!;
      keepSplit(this.best, column, rankOf(list[at - 1]!), rankOf(list[at]!), answers[3]!);
    }
    return at >= 0;
  }

  /** The same by the entropy, and where some ranks are too near to be told apart, or a side may not be all zeros. */
  #trySortedWithCare(column: number): boolean {
    const { ranks, rows: total, least, hasNear } = this.#nodeRows.ranks;
    const { pairs } = this.#nodeRows;
    const list = this.#nodeRows.sortedBy(column);
    const offset = column * total;
    const start = this.#start;
    const end = this.#end;
    // Of ranks whose values are near, those two that meet in the node.
    const near = hasNear[column]! ? least[column]! : undefined;
    let rank = ranks[offset + list[start]!]!;
    const highest = ranks[offset + list[end - 1]!]!;
    if (rank === highest || (near && isNear(near[rank]!, near[highest]!))) return false;
    let first = start + this.#minLeaf;
    let last = end - this.#minLeaf;
    if (this.#poisson) {
      first = Math.max(first, this.#zerosFrom(list, start, 1) + 1);
      last = Math.min(last, this.#zerosFrom(list, end - 1, -1));
    }
    let counted = start;
    let weight = 0;
    let sum = 0;
    for (let at = start; at <= last && at < end; at++) {
      const row = list[at]!;
      const next = ranks[offset + row]!;
      if (next !== rank) {
        if (at >= first && !(near && isNear(near[rank]!, near[next]!))) {
          if (at - counted > end - at) {
            weight = this.#before(this.weight, list, at, 0);
            sum = this.#before(this.#sum, list, at, 1);
          }
          counted = at;
          const score = this.#score(weight, sum);
          if (score > this.best.score) keepSplit(this.best, column, rank, next, score);
        }
        rank = next;
      }
      weight += pairs[2 * row]!;
      sum += pairs[2 * row + 1]!;
    }
    return true;
  }

  /** A column of few ranks, of very many rows: sums of each rank, and then the ranks in order. */
  #tryBins(column: number): boolean {
    const { kernel, rows, nodePairs, ranks, isWide, binCounts: counts, binSums: sums } = this.#nodeRows;
    const bins = ranks.least[column]!.length;
    kernel.countRanks(
      rows.byteOffset,
      this.#start,
      this.#end,
      nodePairs.byteOffset,
      this.#nodeRows.ranksOf(column),
      isWide,
      bins,
      counts.byteOffset,
      sums.byteOffset,
    );
    let lastPositive = bins - 1;
    if (this.#poisson) while (lastPositive > 0 && sums[2 * lastPositive + 1] === 0) lastPositive -= 1;
    let last = -1;
    let left = 0;
    let weight = 0;
    let sum = 0;
    for (let rank = 0; rank < bins; rank++) {
      if (counts[rank] === 0) continue;
      if (left >= this.#minLeaf && this.#end - this.#start - left >= this.#minLeaf && rank <= lastPositive) {
        const score = this.#score(weight, sum);
        if (score > this.best.score) keepSplit(this.best, column, last, rank, score);
      }
      last = rank;
      left += counts[rank]!;
      weight += sums[2 * rank]!;
      sum += sums[2 * rank + 1]!;
    }
    return counts[last] !== this.#end - this.#start;
  }

  /** What is left of a total, less those of the rows of a list from `at` on: of few rows so is the reference's rounding. */
  #before(total: number, list: Uint32Array, at: number, ofPair: 0 | 1): number {
    const { pairs } = this.#nodeRows;
    let left = total;
    for (let k = this.#end - 1; k >= at; k--) left -= pairs[2 * list[k]! + ofPair]!;
    return left;
  }

  /** The best score of two rows: whichever is on the left, but for rounding. */
  #scoreOfTwo(): number {
    const { nodePairs } = this.#nodeRows;
    const a = 2 * this.#start;
    return Math.max(this.#score(nodePairs[a]!, nodePairs[a + 1]!), this.#score(nodePairs[a + 2]!, nodePairs[a + 3]!));
  }

  /** The first row of a list, from one end on, whose target is above 0: up to it a Poisson model would have to predict 0. */
  #zerosFrom(list: Uint32Array, from: number, step: 1 | -1): number {
    let at = from;
    while (at >= this.#start && at < this.#end && this.#nodeRows.pairs[2 * list[at]! + 1] === 0) at += step;
    return at;
  }

  /** Whether one side of a split of a two-valued column, the other one having this sum, leaves a Poisson model nothing but zeros. */
  #leavesZeros(column: number, otherSum: number): boolean {
    if (this.#sum - otherSum > DOUBTFUL * this.#sum) return false;
    return [0, 1].some((rank) => this.#sumOf(column, rank) === 0);
  }

  /** The weighted targets of the rows of the node that have this rank. */
  #sumOf(column: number, rank: number): number {
    const { rows, nodePairs } = this.#nodeRows;
    const { ranks, rows: total } = this.#nodeRows.ranks;
    let sum = 0;
    for (let at = this.#start; at < this.#end; at++) {
      if (ranks[column * total + rows[at]!]! === rank) sum += nodePairs[2 * at + 1]!;
    }
    return sum;
  }

  /** What the two sides are worth together, if the left one has these sums. */
  #score(leftWeight: number, leftSum: number): number {
    const rightWeight = this.weight - leftWeight;
    const rightSum = this.#sum - leftSum;
    if (this.#measure === 'squared_error')
      return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
    if (this.#impurityOf)
      return (
        -rightWeight * this.#impurityOf(rightWeight, rightSum) - leftWeight * this.#impurityOf(leftWeight, leftSum)
      );
    if (leftSum <= EPSILON || rightSum <= EPSILON) return -Infinity;
    return leftSum * Math.log(leftSum / leftWeight) + rightSum * Math.log(rightSum / rightWeight);
  }

  /** Half the mean deviance from the mean. */
  #deviance(): number {
    if (this.#sum <= EPSILON) return Infinity;
    const { rows, y, nodePairs } = this.#nodeRows;
    let loss = 0;
    for (let at = this.#start; at < this.#end; at++) {
      const target = y[rows[at]!]!;
      if (target > 0) loss += nodePairs[2 * at + 1]! * Math.log(target / this.value);
    }
    return loss / this.weight;
  }
}
