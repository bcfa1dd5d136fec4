import { type Criterion, type FoundSplit, keepSplit, type Targets } from './criterion.ts';
import type { NodeRows } from './node-rows.ts';
import { isNear } from './ranks.ts';
import { RunningMedian } from './running-median.ts';

/**
 * Absolute error: a node predicts the weighted median of its targets, and is as impure as they are far from it. For each
 * column the rows are taken in once from the left and once from the right, the median following.
 *
 * Source: scikit-learn 1.9, `_criterion.pyx`, `MAE`.
 */
export class MedianCriterion implements Criterion {
  weight = 0;
  value = 0;
  impurity = 0;
  worth = 0;
  readonly perfectScore = Infinity;
  readonly best: FoundSplit = { column: -1, lowerRank: 0, higherRank: 0, score: 0 };
  readonly #nodeRows: NodeRows;
  readonly #minLeaf: number;
  readonly #median: RunningMedian;
  #weights: Float64Array = new Float64Array();
  /** Rows of a node by a column's ranks, where it has no sorted list. */
  readonly #ordered: Uint32Array;
  /** The absolute error of the rows before each place. */
  readonly #errorBefore: Float64Array;
  #start = 0;
  #end = 0;

  constructor(nodeRows: NodeRows, minLeaf: number) {
    const { rows } = nodeRows.ranks;
    this.#nodeRows = nodeRows;
    this.#minLeaf = minLeaf;
    this.#median = new RunningMedian(rows);
    this.#ordered = new Uint32Array(rows);
    this.#errorBefore = new Float64Array(rows + 1);
  }

  begin({ y, weights }: Targets): void {
    this.#median.begin(y);
    this.#weights = weights;
  }

  enter(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#median.enter(this.#nodeRows.byTarget!, start, end);
    this.#take(this.#nodeRows.rows, start, end);
    this.weight = this.#median.weight;
    this.value = this.#median.value;
    this.worth = -this.#median.error;
    this.impurity = this.#median.error / this.weight;
    this.best.column = -1;
    this.best.score = -Infinity;
  }

  tryColumn(column: number): boolean {
    const { ranks, rows: total, least, hasNear } = this.#nodeRows.ranks;
    const weights = this.#weights;
    const list = this.#rowsBy(column);
    const rankAt = (at: number) => ranks[column * total + list[at]!]!;
    const areNear = (lower: number, higher: number) =>
      lower === higher || (hasNear[column]! && isNear(least[column]![lower]!, least[column]![higher]!));
    if (areNear(rankAt(this.#start), rankAt(this.#end - 1))) return false;
    this.#median.clear();
    for (let at = this.#start; at < this.#end; at++) {
      this.#errorBefore[at] = this.#median.error;
      this.#median.add(list[at]!, weights[list[at]!]!);
    }
    this.#median.clear();
    for (let at = this.#end - 1; at > this.#start; at--) {
      this.#median.add(list[at]!, weights[list[at]!]!);
      if (areNear(rankAt(at - 1), rankAt(at))) continue;
      if (at - this.#start < this.#minLeaf || this.#end - at < this.#minLeaf) continue;
      const score = -this.#errorBefore[at]! - this.#median.error;
      // Going down, of equal splits the first one from the left is kept.
      if (score > this.best.score || (score === this.best.score && this.best.column === column)) {
        keepSplit(this.best, column, rankAt(at - 1), rankAt(at), score);
      }
    }
    return true;
  }

  scoreUpTo(column: number, threshold: number): number {
    const { ranks, rows: total, least } = this.#nodeRows.ranks;
    const isLeft = (row: number) => least[column]![ranks[column * total + row]!]! <= threshold;
    const count = this.#takeWhere(isLeft);
    if (count < this.#minLeaf || this.#end - this.#start - count < this.#minLeaf) return -Infinity;
    const { error } = this.#median;
    this.#takeWhere((row) => !isLeft(row));
    return -error - this.#median.error;
  }

  /** Takes in those rows of the node that are wanted; returns how many. */
  #takeWhere(isWanted: (row: number) => boolean): number {
    const { rows } = this.#nodeRows;
    let count = 0;
    this.#median.clear();
    for (let at = this.#start; at < this.#end; at++) {
      const row = rows[at]!;
      if (!isWanted(row)) continue;
      this.#median.add(row, this.#weights[row]!);
      count += 1;
    }
    return count;
  }

  #take(list: Uint32Array, start: number, end: number): void {
    this.#median.clear();
    for (let at = start; at < end; at++) this.#median.add(list[at]!, this.#weights[list[at]!]!);
  }

  #rowsBy(column: number): Uint32Array {
    if (!this.#nodeRows.twoValued.has(column)) return this.#nodeRows.sortedBy(column);
    const { ranks, rows: total } = this.#nodeRows.ranks;
    let low = this.#start;
    let high = this.#end;
    for (let at = this.#start; at < this.#end; at++) {
      const row = this.#nodeRows.rows[at]!;
      if (ranks[column * total + row] === 0) this.#ordered[low++] = row;
      else this.#ordered[--high] = row;
    }
    return this.#ordered;
  }
}
