/** Numbers in rows and columns, row-major: row i, column j is `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /**
   * How many levels each column has, 0 for a numeric one. A categorical column holds the index of a level, NaN where
   * it is missing. @default every column is numeric
   */
  readonly levels?: readonly number[];
}

/** Row i of a matrix: a view, not a copy. */
export function rowOf(x: Matrix, i: number): Float64Array {
  return x.data.subarray(i * x.columns, (i + 1) * x.columns);
}
