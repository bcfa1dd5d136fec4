import type { Arena } from '../arena.ts';
import type { ExactKernel } from './kernel/kernel.ts';
import type { Ranks } from './ranks.ts';

/** In which of the columns of two values each row has the rarer one. */
interface RarerValues {
  /** The place of each column among what is counted; −1 where it has more values. */
  readonly placeOf: Int32Array;
  /** How many places there are: columns that have the rarer value in the same rows share one. */
  readonly size: number;
  /** The rank of the rarer value of each column. */
  readonly rarer: Uint8Array;
  /** The places at which row i has the rarer value stand from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
}

/**
 * The columns of two values, as one-hot columns are. A node's rows are counted for all of them in one pass: each row
 * knows in which of them it has the rarer value, which are a handful however many columns there are.
 */
export class TwoValued {
  readonly #kernel: ExactKernel;
  readonly #of: RarerValues;
  /** Of the node counted last, by place: how many rows have the rarer value, and their weight and weighted targets. */
  readonly #counts: Uint32Array;
  readonly #sums: Float64Array;

  constructor(ranks: Ranks, arena: Arena, kernel: ExactKernel) {
    this.#kernel = kernel;
    this.#of = findRarer(ranks, arena);
    this.#counts = arena.uint32(this.#of.size);
    this.#sums = arena.float64(2 * this.#of.size);
  }

  has(column: number): boolean {
    return this.#of.placeOf[column]! >= 0;
  }

  /** Counts the rows of a node, each by its own place. @param pairs of the rows at these places, an address */
  count(rows: Uint32Array, start: number, end: number, pairs: number): void {
    const { starts, places, size } = this.#of;
    this.#kernel.countPlaces(
      rows.byteOffset,
      start,
      end,
      pairs,
      starts.byteOffset,
      places.byteOffset,
      size,
      this.#counts.byteOffset,
      this.#sums.byteOffset,
    );
  }

  /** The rank of the rarer value of a column. */
  rarer(column: number): number {
    return this.#of.rarer[column]!;
  }

  /** Of the rows that have it: how many they are, */
  rows(column: number): number {
    return this.#counts[this.#of.placeOf[column]!]!;
  }

  /** their weight, */
  weight(column: number): number {
    return this.#sums[2 * this.#of.placeOf[column]!]!;
  }

  /** and the sum of their weighted targets. */
  target(column: number): number {
    return this.#sums[2 * this.#of.placeOf[column]! + 1]!;
  }
}

function findRarer({ rows, columns, ranks, least }: Ranks, arena: Arena): RarerValues {
  const placeOf = new Int32Array(columns).fill(-1);
  const rarer = new Uint8Array(columns);
  /** The columns of which each place is counted, and how many rows have the rarer value there. */
  const counted: number[] = [];
  const sizes: number[] = [];
  const isAlike = (column: number, other: number) => {
    const differ = rarer[column]! ^ rarer[other]!;
    for (let row = 0; row < rows; row++)
      if ((ranks[column * rows + row]! ^ ranks[other * rows + row]!) !== differ) return false;
    return true;
  };
  for (let column = 0; column < columns; column++) {
    if (least[column]!.length > 2) continue;
    let high = 0;
    for (let row = 0; row < rows; row++) high += ranks[column * rows + row]!;
    rarer[column] = 2 * high <= rows ? 1 : 0;
    const size = Math.min(high, rows - high);
    let place = counted.findIndex((other, k) => sizes[k] === size && isAlike(column, other));
    if (place < 0) {
      place = counted.push(column) - 1;
      sizes.push(size);
    }
    placeOf[column] = place;
  }
  const starts = arena.uint32(rows + 1);
  const places = arena.uint32(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < counted.length; place++) {
      const column = counted[place]!;
      if (ranks[column * rows + row] === rarer[column]) places[at++] = place;
    }
    starts[row + 1] = at;
  }
  return { placeOf, size: counted.length, rarer, starts, places };
}
