import type { Ranks } from './ranks.ts';

/**
 * The rows of a tree, those of each node side by side from `start` to `end`: in one list of any order, and, for each
 * column of more than two values, in a list sorted by its ranks. A split parts all of them and keeps each in order, so that
 * nothing is ever sorted again.
 *
 * Source: the presorted attribute lists of Shafer et al. 1996 (SPRINT).
 */
export class NodeRows {
  readonly ranks: Ranks;
  /** The rows in any order. */
  readonly rows: Uint32Array;
  /** Where each column's sorted list is among the lists; −1 where it has at most two values, and needs none. */
  readonly listOf: Int32Array;
  readonly #lists: readonly Uint32Array[];
  /** The lists of all rows, from which each tree takes its own. */
  readonly #sorted: readonly Uint32Array[];
  readonly #goesRight: Uint8Array;
  readonly #spare: Uint32Array;

  constructor(ranks: Ranks) {
    this.ranks = ranks;
    const long = ranks.least.map((values) => values.length > 2);
    let lists = 0;
    this.listOf = Int32Array.from(long, (isLong) => (isLong ? lists++ : -1));
    this.#sorted = ranks.least.flatMap((_, column) => (long[column] ? [sortedRows(ranks, column)] : []));
    this.#lists = this.#sorted.map((list) => new Uint32Array(list.length));
    this.rows = new Uint32Array(ranks.rows);
    this.#goesRight = new Uint8Array(ranks.rows);
    this.#spare = new Uint32Array(ranks.rows);
  }

  /** Puts the rows that have a weight into the root; returns how many there are. */
  begin(weights: Float64Array): number {
    let count = 0;
    for (let row = 0; row < weights.length; row++) if (weights[row]! > 0) this.rows[count++] = row;
    this.#sorted.forEach((sorted, k) => {
      const list = this.#lists[k]!;
      let at = 0;
      for (let i = 0; i < sorted.length; i++) if (weights[sorted[i]!]! > 0) list[at++] = sorted[i]!;
    });
    return count;
  }

  /** The rows sorted by a column that has a list. */
  sortedBy(column: number): Uint32Array {
    return this.#lists[this.listOf[column]!]!;
  }

  /**
   * Parts the rows of a node: those of at most `rank` in a column first.
   *
   * @param columns whose lists are kept up; others are constant from here on down
   * @returns where the second part begins
   */
  split(start: number, end: number, column: number, rank: number, columns: Int32Array): number {
    const { ranks, rows } = this.ranks;
    const offset = column * rows;
    for (let at = start; at < end; at++) {
      const row = this.rows[at]!;
      this.#goesRight[row] = Number(ranks[offset + row]! > rank);
    }
    const middle = this.#part(this.rows, start, end);
    for (let k = 0; k < columns.length; k++) {
      const list = this.listOf[columns[k]!]!;
      if (list >= 0) this.#part(this.#lists[list]!, start, end);
    }
    return middle;
  }

  /** Each row is written to both sides and only one side's end moves: there is no branch to mispredict. */
  #part(list: Uint32Array, start: number, end: number): number {
    const spare = this.#spare;
    const goesRight = this.#goesRight;
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

/** All rows in the order of their ranks in a column; of equals the first row first. */
function sortedRows({ ranks, rows, least }: Ranks, column: number): Uint32Array {
  const starts = new Uint32Array(least[column]!.length + 1);
  for (let i = 0; i < rows; i++) starts[ranks[column * rows + i]! + 1]! += 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const sorted = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) sorted[starts[ranks[column * rows + i]!]!++] = i;
  return sorted;
}
