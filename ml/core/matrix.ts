/**
 * Numbers in rows and columns, row-major: row i, column j is `data[i * columns + j]`. They do not change once a matrix was
 * learned from: what a fit works out of them is kept for the next fit of the same matrix.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** Of rows whose numbers do not lie in memory: whoever asks for `data` has all of them made. @default they lie in `data` */
  readonly reader?: MatrixReader | undefined;
  /**
   * How many levels each column has, 0 for a numeric one. A categorical column holds the index of a level, NaN where
   * it is missing. @default every column is numeric
   */
  readonly levels?: readonly number[];
  /** What people call each column, for messages: "area", or "heating = gas" of one that stands for a level. @default none */
  readonly names?: readonly string[];
}

/** Makes the numbers of a matrix where they are read. */
export interface MatrixReader {
  /** The columns whose numbers may be any; those of the others are levels, or 0 and 1, or missing. */
  readonly numbers: readonly number[];
  /** Writes so many rows, from row `first` on, into as many rows of numbers. */
  readRows(first: number, count: number, into: Float64Array): void;
  /** Writes column `j` of all rows; a number that `into` does not hold is rounded. */
  readColumn(j: number, into: Float64Array | Float32Array): void;
  /** The given rows, in the given order. */
  takeRows(rows: Uint32Array): Matrix;
}

/** What a message calls column j: its name, or its number where it has none. */
export function columnName({ names }: Matrix, j: number): string {
  return names?.[j] ?? `column ${j}`;
}

/** The given rows of a matrix, in the given order, as a copy. */
export function copyRows(x: Matrix, rows: Uint32Array): Matrix {
  if (x.reader) return x.reader.takeRows(rows);
  const data = new Float64Array(rows.length * x.columns);
  rows.forEach((row, i) => {
    data.set(rowOf(x, row), i * x.columns);
  });
  return { ...x, rows: rows.length, data };
}

/** Row i of a matrix: a view, not a copy. */
export function rowOf(x: Matrix, i: number): Float64Array {
  return x.data.subarray(i * x.columns, (i + 1) * x.columns);
}

/** A number of a matrix, and where it is. */
export interface FoundNumber {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** The first number of a kind among those that are made where they are read; undefined where there is none. */
export function findNumber({ rows, reader }: Matrix, isIt: (value: number) => boolean): FoundNumber | undefined {
  const values = new Float64Array(rows);
  for (const column of reader?.numbers ?? []) {
    reader?.readColumn(column, values);
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number;
      if (isIt(value)) return { row, column, value };
    }
  }
  return undefined;
}

/** Rows that are visited at a time where nobody says: few enough to stay in the cache. */
const BLOCK = 256;

/**
 * Visits all rows, some at a time, whether their numbers lie in memory or not.
 *
 * @param visit given so many rows, `first` being the number of the first: row-major from place `at` of `data` on, until it returns
 * @param size how many at a time
 */
export function eachBlock(
  x: Matrix,
  visit: (data: Float64Array, at: number, first: number, count: number) => void,
  size = BLOCK,
): void {
  const { rows, columns, reader } = x;
  const room = reader && new Float64Array(Math.min(size, rows) * columns);
  const data = room ?? x.data;
  for (let first = 0; first < rows; first += size) {
    const count = Math.min(size, rows - first);
    if (room) reader.readRows(first, count, room);
    visit(data, room ? 0 : first * columns, first, count);
  }
}

/** Column j of all rows, copied into as many numbers, which are rounded where they are float32. */
export function copyColumn<A extends Float64Array | Float32Array>(x: Matrix, j: number, into: A): A {
  const { rows, columns, reader } = x;
  if (reader) reader.readColumn(j, into);
  else {
    const { data } = x;
    for (let i = 0, at = j; i < rows; i++, at += columns) into[i] = data[at] as number;
  }
  return into;
}
