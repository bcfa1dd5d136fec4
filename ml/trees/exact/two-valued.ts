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
  readonly #arena: Arena;
  readonly #kernel: ExactKernel;
  readonly #of: RarerValues;
  /** Of the node counted last, by place: how many rows have the rarer value, and their weight and weighted targets. */
  readonly #counts: Uint32Array;
  readonly #sums: Float64Array;
  /** Of the node whose classes were counted last, by place: which node it was, and how many rows have the rarer value. */
  #classCounts: Uint32Array = new Uint32Array();
  /** And the weight of each class among these. */
  #classSums: Float64Array = new Float64Array();
  #node = 0;

  constructor(ranks: Ranks, arena: Arena, kernel: ExactKernel) {
    this.#arena = arena;
    this.#kernel = kernel;
    this.#of = findRarer(ranks, arena);
    this.#counts = arena.uint32(this.#of.size);
    this.#sums = arena.float64(2 * this.#of.size);
  }

  /** What `count` gives the kernel: the addresses of arrays, and how many places there are. */
  get fields() {
    const { starts, places, size } = this.#of;
    return [starts.byteOffset, places.byteOffset, size, this.#counts.byteOffset, this.#sums.byteOffset] as const;
  }

  /** Where a column is counted; −1 where it has more values. */
  placeOf(column: number): number {
    return this.#of.placeOf[column]!;
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

  /** Counts the classes of the rows of a node. @param pairs of all rows, an address */
  countClasses(rows: Uint32Array, start: number, end: number, pairs: number, classes: number): void {
    const { starts, places, size } = this.#of;
    if (this.#classSums.length < size * classes) this.#classSums = this.#arena.float64(size * classes);
    if (this.#classCounts.length === 0) this.#classCounts = this.#arena.uint32(2 * size);
    this.#node += 1;
    this.#kernel.countPlaceClasses(
      rows.byteOffset,
      start,
      end,
      pairs,
      classes,
      starts.byteOffset,
      places.byteOffset,
      this.#node,
      this.#classCounts.byteOffset,
      this.#classSums.byteOffset,
    );
  }

  /** Of the node whose classes were counted last: how many rows have the rarer value of a column, */
  rowsOfClasses(column: number): number {
    const place = this.#of.placeOf[column]!;
    return this.#classCounts[2 * place] === this.#node ? this.#classCounts[2 * place + 1]! : 0;
  }

  /** and the weight of a class among these, where there are any. */
  weightOfClass(column: number, k: number, classes: number): number {
    return this.#classSums[this.#of.placeOf[column]! * classes + k]!;
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

function findRarer(ranks: Ranks, arena: Arena): RarerValues {
  const { rows, columns, least } = ranks;
  const placeOf = new Int32Array(columns).fill(-1);
  const rarer = new Uint8Array(columns);
  /** The column that each place is counted of, and by what rows it is found. */
  const counted: number[] = [];
  const places = new Map<number, number>();
  for (let column = 0; column < columns; column++) {
    if (least[column]!.length > 2) continue;
    const { rank, hash } = rarerOf(ranks, column);
    rarer[column] = rank;
    const place = places.get(hash);
    if (place !== undefined && isAlike(ranks, column, counted[place]!, rarer)) {
      placeOf[column] = place;
      continue;
    }
    placeOf[column] = counted.push(column) - 1;
    places.set(hash, placeOf[column]!);
  }
  const starts = arena.uint32(rows + 1);
  eachRow(ranks, counted, rarer, (row) => {
    starts[row + 1]! += 1;
  });
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const listed = arena.uint32(starts[rows]!);
  const ends = starts.slice();
  eachRow(ranks, counted, rarer, (row, place) => {
    listed[ends[row]!++] = place;
  });
  return { placeOf, size: counted.length, rarer, starts, places: listed };
}

/** The rarer rank of a column, and a number that is the same where the same rows have it. */
function rarerOf({ rows, ranks }: Ranks, column: number): { rank: 0 | 1; hash: number } {
  let high = 0;
  let hash = 0;
  let all = 0;
  for (let row = 0; row < rows; row++) {
    const rank = ranks[column * rows + row]!;
    const own = Math.imul(row + 1, 0x9e3779b1);
    high += rank;
    hash = (hash + Math.imul(own, rank)) | 0;
    all = (all + own) | 0;
  }
  return 2 * high <= rows ? { rank: 1, hash } : { rank: 0, hash: (all - hash) | 0 };
}

/** Whether two columns have their rarer values in the same rows. */
function isAlike({ rows, ranks }: Ranks, a: number, b: number, rarer: Uint8Array): boolean {
  const differ = rarer[a]! ^ rarer[b]!;
  for (let row = 0; row < rows; row++) if ((ranks[a * rows + row]! ^ ranks[b * rows + row]!) !== differ) return false;
  return true;
}

/** Visits the rows that have the rarer value at each place, place by place. */
function eachRow(
  { rows, ranks }: Ranks,
  counted: readonly number[],
  rarer: Uint8Array,
  visit: (row: number, place: number) => void,
): void {
  for (let place = 0; place < counted.length; place++) {
    const first = counted[place]! * rows;
    const rank = rarer[counted[place]!]!;
    for (let row = 0; row < rows; row++) if (ranks[first + row] === rank) visit(row, place);
  }
}
