import { Derived } from '../../core/derived.ts';
import type { Ranks } from './ranks.ts';

/** What is counted of a column: rows, their weight, and the sum of their weighted targets. */
const COUNTED = 3;

/** In which of the columns of two values each row has the rarer one. */
interface RarerValues {
  /** Three times the place of each column among what is counted; −1 where it has more values. */
  readonly placeOf: Int32Array;
  /** How many places there are: columns that have the rarer value in the same rows share one. */
  readonly count: number;
  /** The rank of the rarer value of each column. */
  readonly rarer: Uint8Array;
  /** The places at which row i has the rarer value stand from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
}

const rarerValues = new Derived<Ranks, RarerValues>();

/**
 * The columns of two values, as one-hot columns are. A node's rows are counted for all of them in one pass: each row
 * knows in which of them it has the rarer value, which are a handful however many columns there are.
 */
export class TwoValued {
  /** Of the node counted last, for a column: how many rows have the rarer value, their weight, and their weighted targets. */
  readonly #counts: Float64Array;
  readonly #of: RarerValues;
  /** Where in its counts the weight is: where each row counts 1, the number of rows is the weight. */
  #weightAt = 1;

  constructor(ranks: Ranks) {
    this.#of = rarerValues.of(ranks, [], () => findRarer(ranks));
    this.#counts = new Float64Array(COUNTED * this.#of.count);
  }

  has(column: number): boolean {
    return this.#of.placeOf[column]! >= 0;
  }

  /** Counts rows, which have these weighted targets and weights, each by its own place. @param weights 1 each where undefined */
  count(rows: Uint32Array, start: number, end: number, targets: Float64Array, weights?: Float64Array): void {
    this.#weightAt = weights ? 1 : 0;
    const counts = this.#counts;
    for (let k = 0; k < counts.length; k++) counts[k] = 0;
    const { starts, places } = this.#of;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      const weight = weights ? weights[at]! : 1;
      const target = targets[at]!;
      const stop = starts[row + 1]!;
      for (let k = starts[row]!; k < stop; k++) {
        const place = places[k]!;
        counts[place]! += 1;
        if (weights) counts[place + 1]! += weight;
        counts[place + 2]! += target;
      }
    }
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
    return this.#counts[this.#of.placeOf[column]! + this.#weightAt]!;
  }

  /** and the sum of their weighted targets. */
  target(column: number): number {
    return this.#counts[this.#of.placeOf[column]! + 2]!;
  }
}

function findRarer({ rows, columns, ranks, least }: Ranks): RarerValues {
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
    placeOf[column] = COUNTED * place;
  }
  return { placeOf, count: counted.length, rarer, ...listPlaces(rows, ranks, rarer, counted, sizes) };
}

function listPlaces(
  rows: number,
  ranks: Ranks['ranks'],
  rarer: Uint8Array,
  counted: readonly number[],
  sizes: readonly number[],
): Pick<RarerValues, 'starts' | 'places'> {
  const starts = new Uint32Array(rows + 1);
  const places = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < counted.length; place++) {
      const column = counted[place]!;
      if (ranks[column * rows + row] === rarer[column]) places[at++] = COUNTED * place;
    }
    starts[row + 1] = at;
  }
  return { starts, places };
}
