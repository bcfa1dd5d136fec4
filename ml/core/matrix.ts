/**
 * Numbers in rows and columns, row-major: row i, column j is `data[i * columns + j]`. They do not change once a matrix was
 * learned from: what a fit works out of them is kept for the next fit of the same matrix.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /**
   * How many levels each column has, 0 for a numeric one. A categorical column holds the index of a level, NaN where
   * it is missing. @default every column is numeric
   */
  readonly levels?: readonly number[];
  /** What people call each column, for messages: "area", or "heating = gas" of one that stands for a level. @default none */
  readonly names?: readonly string[];
}

/** What a message calls column j: its name, or its number where it has none. */
export function columnName({ names }: Matrix, j: number): string {
  return names?.[j] ?? `column ${j}`;
}

/** The given rows of a matrix, in the given order, as a copy. */
export function copyRows(x: Matrix, rows: Uint32Array): Matrix {
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
