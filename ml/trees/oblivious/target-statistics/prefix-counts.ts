/** Rows in an order: those of `rows` from `start` to before `end`. */
export interface RowRange {
  readonly rows: Uint32Array;
  readonly start: number;
  readonly end: number;
}

/** Counts of each row: how many rows of its group there are before it, and how many of them have a high target. */
export class PrefixCounts {
  readonly high: Uint32Array;
  readonly total: Uint32Array;
  readonly #times: Float64Array | undefined;
  /** The same so far, by group. */
  readonly #highSoFar: Uint32Array;
  readonly #totalSoFar: Uint32Array;

  /** @param times of the rows; those of the same time do not count for each other. @default no two are of the same */
  constructor(rows: number, times: Float64Array | undefined) {
    this.high = new Uint32Array(rows);
    this.total = new Uint32Array(rows);
    this.#times = times;
    this.#highSoFar = new Uint32Array(rows);
    this.#totalSoFar = new Uint32Array(rows);
  }

  /** Counts among some rows alone. */
  count({ rows, start, end }: RowRange, groupOf: Uint32Array, isHigh: Uint8Array): void {
    const times = this.#times;
    let counted = start;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      // Rows of a time count for those after it.
      for (; counted < at && !(times && times[rows[counted]!] === times[row]); counted++) {
        const group = groupOf[rows[counted]!]!;
        this.#highSoFar[group]! += isHigh[rows[counted]!]!;
        this.#totalSoFar[group]! += 1;
      }
      this.high[row] = this.#highSoFar[groupOf[row]!]!;
      this.total[row] = this.#totalSoFar[groupOf[row]!]!;
    }
    for (let at = start; at < counted; at++) {
      const group = groupOf[rows[at]!]!;
      this.#highSoFar[group] = 0;
      this.#totalSoFar[group] = 0;
    }
  }
}
