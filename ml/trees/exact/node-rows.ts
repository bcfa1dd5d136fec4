import { Arena } from '../arena.ts';
import { type ExactKernel, exactKernelOver } from './kernel/kernel.ts';
import type { Ranks } from './ranks.ts';
import { TwoValued } from './two-valued.ts';
import type { Xorshift } from './xorshift.ts';

/**
 * The rows of a tree, those of each node side by side from `start` to `end`: in one list of any order, and, for each
 * column of more than two values, in a list sorted by its ranks. A split parts all of them and keeps each in order, so that
 * nothing is ever sorted again.
 *
 * Nodes of more than `listedRows` rows have no sorted lists: where ranks are few, sums over them are quicker. Whoever draws splits needs neither.
 *
 * Source: the presorted attribute lists of Shafer et al. 1996 (SPRINT).
 */
export class NodeRows {
  readonly arena = new Arena();
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
  readonly kernel: ExactKernel;
  /** The kernel's: of each row its target, and a pair, its weight and its weighted target; and the pairs of a node's rows, in their order. */
  readonly y: Float64Array;
  readonly pairs: Float64Array;
  readonly nodePairs: Float64Array;
  /** Of each rank of a column how many rows of a node have it, and the sum of their pairs; empty where nodes are always listed. */
  readonly binCounts: Uint32Array;
  readonly binSums: Float64Array;
  /** What the kernel says of a node: the sum of its pairs, and of its weighted squares; and the best score. */
  readonly answers: Float64Array;
  /** The address of the ranks, and whether they have 32 bits. */
  readonly #ranks: number;
  readonly isWide: boolean;
  /** The address of the values of all columns, where nothing is listed. */
  readonly #values: number;
  /** Where each column's sorted list is among the lists; −1 where it has at most two values, and needs none. */
  readonly #listOf: Int32Array;
  readonly #lists: readonly Uint32Array[];
  /** The lists of all rows, from which each tree takes its own. */
  readonly #sorted: readonly Uint32Array[];
  readonly #listedRows: number;
  /** The columns as they stand in a root. */
  readonly inOrder: Int32Array;
  /** Of each row: whether it is in the tree, or goes right at a split. */
  readonly marks: Uint8Array;
  readonly spare: Uint32Array;
  readonly #byTarget: Uint32Array;
  readonly #starts: Uint32Array;
  #numbers: Float64Array = new Float64Array();

  /** @param listedRows `Infinity` for lists throughout; 0 for values in place of lists, and of sums by ranks */
  constructor(ranks: Ranks, listedRows: number) {
    const arena = this.arena;
    const most = Math.max(...ranks.least.map(({ length }) => length));
    this.kernel = exactKernelOver(arena.memory);
    this.ranks = ranks;
    const copy =
      ranks.ranks instanceof Uint16Array ? arena.uint16(ranks.ranks.length) : arena.uint32(ranks.ranks.length);
    copy.set(ranks.ranks);
    this.#ranks = copy.byteOffset;
    this.isWide = copy instanceof Uint32Array;
    this.#values = listedRows === 0 ? valuesOf(ranks, arena).byteOffset : 0;
    const all = Int32Array.from({ length: ranks.columns }, (_, j) => j);
    const varying = all.filter((j) => ranks.least[j]!.length > 1);
    this.varying = varying.length;
    this.inOrder = Int32Array.of(...varying, ...all.filter((j) => ranks.least[j]!.length <= 1));
    this.columns = arena.int32(ranks.columns);
    this.columns.set(this.inOrder);
    this.twoValued = new TwoValued(ranks, arena, this.kernel);
    this.#starts = new Uint32Array(most + 1);
    this.#listedRows = listedRows;
    let lists = 0;
    const needsList = (column: number) => listedRows > 0 && !this.twoValued.has(column);
    this.#listOf = Int32Array.from(ranks.least, (_, column) => (needsList(column) ? lists++ : -1));
    this.#lists = Array.from({ length: lists }, () => arena.uint32(ranks.rows));
    this.y = arena.float64(ranks.rows);
    this.pairs = arena.float64(2 * ranks.rows);
    this.nodePairs = arena.float64(2 * ranks.rows);
    this.answers = arena.float64(4);
    this.binCounts = arena.uint32(listedRows > 0 && listedRows < Infinity ? most : 0);
    this.binSums = arena.float64(2 * this.binCounts.length);
    this.rows = arena.uint32(ranks.rows);
    for (let row = 0; row < ranks.rows; row++) this.rows[row] = row;
    this.marks = arena.uint8(ranks.rows);
    this.spare = arena.uint32(ranks.rows);
    this.#byTarget = arena.uint32(ranks.rows);
    this.#sorted = [];
    if (listedRows < Infinity) return;
    this.#sortRows(0, ranks.rows, ranks.columns);
    this.#sorted = this.#lists.map((list) => {
      const sorted = arena.uint32(list.length);
      sorted.set(list);
      return sorted;
    });
  }

  /**
   * Puts the rows that have a weight into the root; returns how many there are.
   *
   * @param y where rows are to be kept in the order of their targets too
   */
  begin(weights: Float64Array, y?: Float64Array): number {
    this.columns.set(this.inOrder);
    const isIn = this.marks;
    for (let row = 0; row < weights.length; row++) isIn[row] = Number(weights[row]! > 0);
    let count = 0;
    for (let row = 0; row < weights.length; row++) {
      this.rows[count] = row;
      count += isIn[row]!;
    }
    this.#sorted.forEach((sorted, k) => {
      this.kernel.takeRows(sorted.byteOffset, sorted.length, isIn.byteOffset, this.#lists[k]!.byteOffset);
    });
    this.byTarget = y && this.#byTarget;
    if (y) this.#byTarget.set(this.rows.slice(0, count).sort((a, b) => y[a]! - y[b]!));
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

  /** So many of the kernel's numbers, for whoever measures splits: what they hold lasts until the next one asks. */
  numbers(length: number): Float64Array {
    if (this.#numbers.length < length) this.#numbers = this.arena.float64(length);
    return this.#numbers.subarray(0, length);
  }

  /** The rows sorted by a column of more than two values. */
  sortedBy(column: number): Uint32Array {
    return this.#lists[this.#listOf[column]!]!;
  }

  /** The same of all rows, where nodes are always listed. */
  allSortedBy(column: number): Uint32Array {
    return this.#sorted[this.#listOf[column]!]!;
  }

  /** The address of the ranks of a column, by row. */
  ranksOf(column: number): number {
    return this.#ranks + column * this.ranks.rows * (this.isWide ? 4 : 2);
  }

  /** The address of the values of a column, by row: float32. */
  valuesOf(column: number): number {
    return this.#values + column * this.ranks.rows * 4;
  }

  /**
   * Parts the rows of a node: those of at most `rank` in a column first.
   *
   * @param varying of how many columns lists are kept up; the others are constant from here on down
   * @returns where the second part begins
   */
  split(start: number, end: number, column: number, rank: number, varying: number): number {
    const rows = this.rows.byteOffset;
    this.kernel.markRight(rows, start, end, this.ranksOf(column), this.isWide, rank, this.marks.byteOffset);
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

  #part(list: Uint32Array, start: number, end: number): number {
    return this.kernel.partition(list.byteOffset, start, end, this.marks.byteOffset, this.spare.byteOffset);
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
}

/** The values that ranks stand for; row i, column j at `j * rows + i`. */
function valuesOf({ rows, columns, ranks, least }: Ranks, arena: Arena): Float32Array {
  const values = arena.float32(rows * columns);
  for (let column = 0; column < columns; column++) {
    const own = least[column]!;
    for (let at = column * rows; at < (column + 1) * rows; at++) values[at] = own[ranks[at]!]!;
  }
  return values;
}
