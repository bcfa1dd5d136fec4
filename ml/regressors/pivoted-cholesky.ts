import type { Gram } from './gram.ts';

// What is left of a dependent column is rounding: about 1e-16 of its sum of squares, times the rows.
const TOLERANCE = 1e-10;

/**
 * A least-squares problem with as many equations as x has independent columns, and the solutions of the whole one: the
 * rows of the triangular factor R of x and y (QR), each over all columns and then y.
 */
export interface TriangularFactor {
  readonly rows: readonly Float64Array[];
  /** The column on which each row pivots: independent columns, of which the later rows have nothing left. */
  readonly pivots: readonly number[];
}

/**
 * Factors a Gram matrix, with `ridge` added to the squares of the columns of x, by pivoted Cholesky decomposition: the
 * column with the most left of it first, until what is left of the others is rounding.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, sections 4.2.8 and 5.3.2.
 */
export function pivotedCholesky({ columns, products, stride }: Gram, ridge: number): TriangularFactor {
  const whole = Float64Array.from({ length: columns }, (_, j) => products[j * stride + j]! + ridge);
  const left = whole.slice();
  const rows: Float64Array[] = [];
  const pivots: number[] = [];
  for (;;) {
    const pivot = mostLeft(left, whole);
    if (pivot === -1) return { rows, pivots };
    const row = products.slice(pivot * stride, pivot * stride + columns + 1);
    row[pivot]! += ridge;
    for (const earlier of rows) {
      const factor = earlier[pivot]!;
      for (let j = 0; j <= columns; j++) row[j]! -= factor * earlier[j]!;
    }
    // Not what is left by the row itself, but by the sum that chose it: it is known to be positive.
    const root = Math.sqrt(left[pivot]!);
    for (let j = 0; j <= columns; j++) row[j]! /= root;
    for (let j = 0; j < columns; j++) left[j]! -= row[j]! * row[j]!;
    left[pivot] = 0;
    rows.push(row);
    pivots.push(pivot);
  }
}

/** The column with the most left of its sum of squares; −1 where no column has more than rounding. */
function mostLeft(left: Float64Array, whole: Float64Array): number {
  let pivot = -1;
  for (let j = 0; j < left.length; j++) {
    const isFree = left[j]! > TOLERANCE * whole[j]!;
    if (isFree && (pivot === -1 || left[j]! > left[pivot]!)) pivot = j;
  }
  return pivot;
}
