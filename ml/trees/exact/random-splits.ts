import { upperBound } from '../../core/binary-search.ts';
import { type Criterion, keepSplit } from './criterion.ts';
import type { NodeRows } from './node-rows.ts';
import { isNear } from './ranks.ts';
import type { Xorshift } from './xorshift.ts';

/**
 * Tries one split of a node by each column, drawn evenly from between the smallest and the largest value that the node has.
 *
 * Source: Geurts, Ernst and Wehenkel 2006, Extremely randomized trees, Machine Learning 63; scikit-learn 1.9, `_splitter.pyx`.
 */
export class RandomSplits {
  /** What values are compared with in the best split of the node. */
  threshold = 0;
  readonly #nodeRows: NodeRows;
  readonly #criterion: Criterion;
  readonly #draws: Xorshift;
  #start = 0;
  #end = 0;

  constructor(nodeRows: NodeRows, criterion: Criterion, draws: Xorshift) {
    this.#nodeRows = nodeRows;
    this.#criterion = criterion;
    this.#draws = draws;
  }

  /** Turns to the rows from `start` to `end`, as the criterion does. */
  enter(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
  }

  /** The rank up to which rows go left by the best split. */
  rankIn(column: number): number {
    return upperBound(this.#nodeRows.ranks.least[column]!, this.threshold) - 1;
  }

  /** Tries a split of the node by a column; says whether there is any, that is, whether it is not constant there. */
  tryColumn(column: number): boolean {
    return this.#nodeRows.twoValued.has(column) ? this.#tryTwo(column) : this.#tryDrawn(column);
  }

  /** Of two values there is one split, wherever between them. */
  #tryTwo(column: number): boolean {
    const { best } = this.#criterion;
    const before = best.score;
    if (!this.#criterion.tryColumn(column)) return false;
    const [low, high] = this.#nodeRows.ranks.least[column]!;
    if (best.score > before) this.threshold = this.#between(low!, high!);
    return true;
  }

  #tryDrawn(column: number): boolean {
    const { kernel, rows, answers } = this.#nodeRows;
    const { best } = this.#criterion;
    const range = answers.byteOffset + 16;
    kernel.rangeOfValues(rows.byteOffset, this.#start, this.#end, this.#nodeRows.valuesOf(column), range);
    const [low, high] = [answers[2]!, answers[3]!];
    if (isNear(low, high)) return false;
    const threshold = this.#between(low, high);
    const score = this.#criterion.scoreUpTo(column, threshold);
    if (score > best.score) {
      keepSplit(best, column, 0, 0, score);
      this.threshold = threshold;
    }
    return true;
  }

  /** A number drawn evenly from one to below the other. */
  #between(from: number, to: number): number {
    const drawn = from + this.#draws.uniform() * (to - from);
    // Rounding may come to the end, and then all rows would go left.
    return drawn < to ? drawn : from;
  }
}
