import { type Criterion, type FoundSplit, keepSplit, type Targets } from './criterion.ts';
import type { NodeRows } from './node-rows.ts';

// Sums this small cannot be told from zero, and a Poisson model must predict more.
const EPSILON = 2 ** -52;

/**
 * The criteria for which sums of weights and of weighted targets say all: squared error and Poisson's deviance.
 *
 * Source: scikit-learn 1.9, `_criterion.pyx`, `MSE` and `Poisson`.
 */
export class SumCriterion implements Criterion {
  weight = 0;
  value = 0;
  impurity = 0;
  readonly best: FoundSplit = { column: -1, lowerRank: 0, higherRank: 0, gain: 0 };
  readonly #nodeRows: NodeRows;
  readonly #targets: Targets;
  /** The targets times their weights, row by row. */
  readonly #weighted: Float64Array;
  readonly #minLeaf: number;
  readonly #poisson: boolean;
  #start = 0;
  #end = 0;
  #sum = 0;
  /** What the rows are worth together: what a split must exceed. */
  #worth = 0;
  /** The weights and weighted targets of the node's rows, in their order. */
  readonly #nodeWeights: Float64Array;
  readonly #nodeTargets: Float64Array;
  /** The rows, weights and weighted targets of each rank. */
  readonly #binCounts: Uint32Array;
  readonly #binWeights: Float64Array;
  readonly #binSums: Float64Array;

  constructor(nodeRows: NodeRows, targets: Targets, minLeaf: number, poisson: boolean) {
    this.#nodeRows = nodeRows;
    this.#targets = targets;
    this.#weighted = targets.y.map((target, i) => target * targets.weights[i]!);
    this.#minLeaf = minLeaf;
    this.#poisson = poisson;
    this.#nodeWeights = new Float64Array(targets.y.length);
    this.#nodeTargets = new Float64Array(targets.y.length);
    const bins = nodeRows.isListed(Infinity) ? 0 : Math.max(...nodeRows.ranks.least.map(({ length }) => length));
    this.#binCounts = new Uint32Array(bins);
    this.#binWeights = new Float64Array(bins);
    this.#binSums = new Float64Array(bins);
  }

  enter(start: number, end: number): void {
    const { rows } = this.#nodeRows;
    const { y, weights } = this.#targets;
    let weight = 0;
    let sum = 0;
    let squares = 0;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      const weighted = this.#weighted[row]!;
      this.#nodeWeights[at] = weights[row]!;
      this.#nodeTargets[at] = weighted;
      weight += weights[row]!;
      sum += weighted;
      squares += weighted * y[row]!;
    }
    this.#nodeRows.twoValued.count(rows, start, end, this.#nodeWeights, this.#nodeTargets);
    this.#start = start;
    this.#end = end;
    this.#sum = sum;
    this.weight = weight;
    this.value = sum / weight;
    this.impurity = this.#poisson ? this.#deviance() : squares / weight - this.value * this.value;
    this.#worth = this.#poisson ? sum * Math.log(this.value) : sum * this.value;
    this.best.column = -1;
    this.best.gain = -Infinity;
  }

  tryColumn(column: number): boolean {
    if (this.#nodeRows.twoValued.has(column)) return this.#tryTwo(column);
    return this.#nodeRows.isListed(this.#end - this.#start) ? this.#trySorted(column) : this.#tryBins(column);
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
      const gain = this.#score(isLow ? weight : this.weight - weight, isLow ? sum : this.#sum - sum) - this.#worth;
      if (gain > this.best.gain) keepSplit(this.best, column, 0, 1, gain);
    }
    return true;
  }

  /** A column that the rows are sorted by. */
  #trySorted(column: number): boolean {
    const { ranks, rows: total } = this.#nodeRows.ranks;
    const { weights } = this.#targets;
    const weighted = this.#weighted;
    const list = this.#nodeRows.sortedBy(column);
    const offset = column * total;
    const start = this.#start;
    const end = this.#end;
    let rank = ranks[offset + list[start]!]!;
    if (rank === ranks[offset + list[end - 1]!]!) return false;
    const first = start + this.#minLeaf;
    const last = end - this.#minLeaf;
    let weight = 0;
    let sum = 0;
    for (let at = start; at <= last && at < end; at++) {
      const row = list[at]!;
      const next = ranks[offset + row]!;
      if (next !== rank) {
        if (at >= first) {
          const gain = this.#score(weight, sum) - this.#worth;
          if (gain > this.best.gain) keepSplit(this.best, column, rank, next, gain);
        }
        rank = next;
      }
      weight += weights[row]!;
      sum += weighted[row]!;
    }
    return true;
  }

  /** A column of few ranks, of very many rows: sums of each rank, and then the ranks in order. */
  #tryBins(column: number): boolean {
    const { ranks, rows: total, least } = this.#nodeRows.ranks;
    const { rows } = this.#nodeRows;
    const bins = least[column]!.length;
    const offset = column * total;
    const [counts, weights, sums] = [this.#binCounts, this.#binWeights, this.#binSums];
    counts.fill(0, 0, bins);
    weights.fill(0, 0, bins);
    sums.fill(0, 0, bins);
    for (let at = this.#start; at < this.#end; at++) {
      const rank = ranks[offset + rows[at]!]!;
      counts[rank]! += 1;
      weights[rank]! += this.#nodeWeights[at]!;
      sums[rank]! += this.#nodeTargets[at]!;
    }
    let last = -1;
    let left = 0;
    let weight = 0;
    let sum = 0;
    for (let rank = 0; rank < bins; rank++) {
      if (counts[rank] === 0) continue;
      if (left >= this.#minLeaf && this.#end - this.#start - left >= this.#minLeaf) {
        const gain = this.#score(weight, sum) - this.#worth;
        if (gain > this.best.gain) keepSplit(this.best, column, last, rank, gain);
      }
      last = rank;
      left += counts[rank]!;
      weight += weights[rank]!;
      sum += sums[rank]!;
    }
    return counts[last] !== this.#end - this.#start;
  }

  /** What the two sides are worth, if the left one has these sums. */
  #score(leftWeight: number, leftSum: number): number {
    const rightWeight = this.weight - leftWeight;
    const rightSum = this.#sum - leftSum;
    if (!this.#poisson) return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
    if (leftSum <= EPSILON || rightSum <= EPSILON) return -Infinity;
    return leftSum * Math.log(leftSum / leftWeight) + rightSum * Math.log(rightSum / rightWeight);
  }

  /** Half the mean deviance from the mean. */
  #deviance(): number {
    if (this.#sum <= EPSILON) return Infinity;
    const { rows } = this.#nodeRows;
    const { y } = this.#targets;
    let loss = 0;
    for (let at = this.#start; at < this.#end; at++) {
      const target = y[rows[at]!]!;
      if (target > 0) loss += this.#nodeTargets[at]! * Math.log(target / this.value);
    }
    return loss / this.weight;
  }
}
