import type { Ranks } from './ranks.ts';

/** What is counted of a column: rows, their weight, and the sum of their weighted targets. */
const COUNTED = 3;

/**
 * The columns of two values, as one-hot columns are. A node's rows are counted for all of them in one pass: each row
 * knows in which of them it has the rarer value, which are a handful however many columns there are.
 */
export class TwoValued {
  /** Of the node counted last, for a column: how many rows have the rarer value, their weight, and their weighted targets. */
  readonly #counts: Float64Array;
  /** Three times the place of each column among them; −1 where it is none. */
  readonly #placeOf: Int32Array;
  /** The rank of the rarer value of each column, by its place. */
  readonly #rarer: Uint8Array;
  /** The places at which row i has the rarer value stand from `#starts[i]` to before `#starts[i + 1]`. */
  readonly #starts: Uint32Array;
  readonly #places: Uint32Array;

  constructor({ rows, columns, ranks, least }: Ranks) {
    const two = Array.from({ length: columns }, (_, column) => column).filter((column) => least[column]!.length <= 2);
    this.#counts = new Float64Array(COUNTED * two.length);
    this.#placeOf = new Int32Array(columns).fill(-1);
    this.#starts = new Uint32Array(rows + 1);
    const high = two.map((column, place) => {
      this.#placeOf[column] = COUNTED * place;
      let count = 0;
      for (let row = 0; row < rows; row++) count += ranks[column * rows + row]!;
      return count;
    });
    this.#rarer = Uint8Array.from(high, (count) => (2 * count <= rows ? 1 : 0));
    this.#places = new Uint32Array(high.reduce((sum, count) => sum + Math.min(count, rows - count), 0));
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let place = 0; place < two.length; place++) {
        if (ranks[two[place]! * rows + row] === this.#rarer[place]) this.#places[at++] = COUNTED * place;
      }
      this.#starts[row + 1] = at;
    }
  }

  has(column: number): boolean {
    return this.#placeOf[column]! >= 0;
  }

  /** Counts rows, which have these weights and weighted targets, each by its own place. */
  count(rows: Uint32Array, start: number, end: number, weights: Float64Array, targets: Float64Array): void {
    const counts = this.#counts.fill(0);
    const places = this.#places;
    const starts = this.#starts;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      const weight = weights[at]!;
      const target = targets[at]!;
      const stop = starts[row + 1]!;
      for (let k = starts[row]!; k < stop; k++) {
        const place = places[k]!;
        counts[place]! += 1;
        counts[place + 1]! += weight;
        counts[place + 2]! += target;
      }
    }
  }

  /** The rank of the rarer value of a column. */
  rarer(column: number): number {
    return this.#rarer[this.#placeOf[column]! / COUNTED]!;
  }

  /** Of the rows that have it: how many they are, */
  rows(column: number): number {
    return this.#counts[this.#placeOf[column]!]!;
  }

  /** their weight, */
  weight(column: number): number {
    return this.#counts[this.#placeOf[column]! + 1]!;
  }

  /** and the sum of their weighted targets. */
  target(column: number): number {
    return this.#counts[this.#placeOf[column]! + 2]!;
  }
}
