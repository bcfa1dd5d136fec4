import { Derived } from '../../core/derived.ts';
import type { Ranks } from './ranks.ts';
import { TwoValued } from './two-valued.ts';
import type { Xorshift } from './xorshift.ts';

/** The lists of all rows, by the columns of more than two values. */
const sortedLists = new Derived<Ranks, readonly Uint32Array[]>();

/**
 * The rows of a tree, those of each node side by side from `start` to `end`: in one list of any order, and, for each
 * column of more than two values, in a list sorted by its ranks. A split parts all of them and keeps each in order, so that
 * nothing is ever sorted again.
 *
 * Nodes of more than `listedRows` rows have no sorted lists: where ranks are few, sums over them are quicker.
 *
 * Source: the presorted attribute lists of Shafer et al. 1996 (SPRINT).
 */
export class NodeRows {
  readonly ranks: Ranks;
  /** The rows in any order. */
  readonly rows: Uint32Array;
  /** The columns; those not known to be constant in the node are kept first by whoever searches. */
  readonly columns: Int32Array;
  /** How many columns vary at all; they stand first in the root. */
  readonly varying: number;
  readonly twoValued: TwoValued;
  /** The rows in the order of their targets, if that was asked for. */
  byTarget: Uint32Array | undefined;
  /** Where each column's sorted list is among the lists; −1 where it has at most two values, and needs none. */
  readonly #listOf: Int32Array;
  readonly #lists: readonly Uint32Array[];
  /** The lists of all rows, from which each tree takes its own. */
  readonly #sorted: readonly Uint32Array[];
  readonly #listedRows: number;
  /** The columns as they stand in a root. */
  readonly #inOrder: Int32Array;
  /** Of each row: whether it is in the tree, or goes right at a split. */
  readonly #marks: Uint8Array;
  readonly #spare: Uint32Array;
  readonly #starts: Uint32Array;

  /** @param listedRows `Infinity` for lists throughout */
  constructor(ranks: Ranks, listedRows: number) {
    this.ranks = ranks;
    const all = Int32Array.from({ length: ranks.columns }, (_, j) => j);
    const varying = all.filter((j) => ranks.least[j]!.length > 1);
    this.varying = varying.length;
    this.#inOrder = Int32Array.of(...varying, ...all.filter((j) => ranks.least[j]!.length <= 1));
    this.columns = this.#inOrder.slice();
    this.twoValued = new TwoValued(ranks);
    this.#listedRows = listedRows;
    let lists = 0;
    this.#listOf = Int32Array.from(ranks.least, (_, column) => (this.twoValued.has(column) ? -1 : lists++));
    this.#lists = Array.from({ length: lists }, () => new Uint32Array(ranks.rows));
    this.#starts = new Uint32Array(Math.max(...ranks.least.map(({ length }) => length)) + 1);
    this.rows = Uint32Array.from({ length: ranks.rows }, (_, row) => row);
    this.#marks = new Uint8Array(ranks.rows);
    this.#spare = new Uint32Array(ranks.rows);
    if (listedRows < Infinity) {
      this.#sorted = [];
    } else {
      this.#sorted = sortedLists.of(ranks, [], () => {
        this.#sortRows(0, ranks.rows, ranks.columns);
        return this.#lists.map((list) => list.slice());
      });
    }
  }

  /**
   * Puts the rows that have a weight into the root; returns how many there are.
   *
   * @param y where rows are to be kept in the order of their targets too
   */
  begin(weights: Float64Array, y?: Float64Array): number {
    this.columns.set(this.#inOrder);
    const isIn = this.#marks;
    for (let row = 0; row < weights.length; row++) isIn[row] = Number(weights[row]! > 0);
    let count = 0;
    for (let row = 0; row < weights.length; row++) {
      this.rows[count] = row;
      count += isIn[row]!;
    }
    for (let k = 0; k < this.#sorted.length; k++) takeRows(this.#sorted[k]!, isIn, this.#lists[k]!);
    this.byTarget = y ? this.rows.slice(0, count).sort((a, b) => y[a]! - y[b]!) : undefined;
    if (this.#sorted.length === 0 && this.isListed(count)) this.#sortRows(0, count, this.columns.length);
    return count;
  }

  /** Puts the columns that vary into a random order. */
  shuffleColumns(draws: Xorshift): void {
    for (let k = this.varying - 1; k > 0; k--) {
      const other = draws.below(k + 1);
      const column = this.columns[k]!;
      this.columns[k] = this.columns[other]!;
      this.columns[other] = column;
    }
  }

  /** Whether a node of so many rows has sorted lists. */
  isListed(rows: number): boolean {
    return rows <= this.#listedRows;
  }

  /** The rows sorted by a column of more than two values. */
  sortedBy(column: number): Uint32Array {
    return this.#lists[this.#listOf[column]!]!;
  }

  /**
   * Parts the rows of a node: those of at most `rank` in a column first.
   *
   * @param varying of how many columns lists are kept up; the others are constant from here on down
   * @returns where the second part begins
   */
  split(start: number, end: number, column: number, rank: number, varying: number): number {
    const { ranks, rows } = this.ranks;
    const offset = column * rows;
    for (let at = start; at < end; at++) {
      const row = this.rows[at]!;
      this.#marks[row] = Number(ranks[offset + row]! > rank);
    }
    const middle = this.#part(this.rows, start, end);
    if (this.byTarget) this.#part(this.byTarget, start, end);
    if (this.isListed(end - start)) {
      for (let k = 0; k < varying; k++) {
        const list = this.#listOf[this.columns[k]!]!;
        if (list >= 0) this.#part(this.#lists[list]!, start, end);
      }
    } else {
      if (this.isListed(middle - start)) this.#sortRows(start, middle, varying);
      if (this.isListed(end - middle)) this.#sortRows(middle, end, varying);
    }
    return middle;
  }

  /** Sorts the rows of a node by each column that may vary there, counting how many have each rank. */
  #sortRows(start: number, end: number, varying: number): void {
    const { ranks, rows, least } = this.ranks;
    const starts = this.#starts;
    for (let k = 0; k < varying; k++) {
      const column = this.columns[k]!;
      if (this.twoValued.has(column)) continue;
      const list = this.sortedBy(column);
      const offset = column * rows;
      const count = least[column]!.length;
      starts.fill(0, 0, count + 1);
      starts[0] = start;
      for (let at = start; at < end; at++) starts[ranks[offset + this.rows[at]!]! + 1]! += 1;
      for (let rank = 1; rank <= count; rank++) starts[rank]! += starts[rank - 1]!;
      for (let at = start; at < end; at++) {
        const row = this.rows[at]!;
        list[starts[ranks[offset + row]!]!++] = row;
      }
    }
  }

  /** Each row is written to both sides and only one side's end moves: there is no branch to mispredict. */
  #part(list: Uint32Array, start: number, end: number): number {
    const spare = this.#spare;
    const goesRight = this.#marks;
    let left = start;
    let right = 0;
    for (let at = start; at < end; at++) {
      const row = list[at]!;
      const step = goesRight[row]!;
      list[left] = row;
      spare[right] = row;
      left += 1 - step;
      right += step;
    }
    for (let k = 0; k < right; k++) list[left + k] = spare[k]!;
    return left;
  }
}

/** Copies the rows that are in, in their order. The next one is written over one that is not: no branch is mispredicted. */
function takeRows(from: Uint32Array, isIn: Uint8Array, to: Uint32Array): void {
  let count = 0;
  for (let i = 0; i < from.length; i++) {
    const row = from[i]!;
    to[count] = row;
    count += isIn[row]!;
  }
}
