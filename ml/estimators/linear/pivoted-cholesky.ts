import type { Gram } from './gram.ts';

/** What is left of a dependent column is rounding: at most this share of its own sum of squares. */
const ROUNDING = 1e-13;
/** What is left of a column has digits enough from this share of its own sum of squares, or the largest, on. */
const CLEAR = 1e-7;

/**
 * A least-squares problem with as many equations as x has independent columns, and the solutions of the whole one: the
 * rows of the triangular factor R of x and y (QR), each over all columns and then y.
 */
export interface TriangularFactor {
  readonly rows: readonly Float64Array[];
  /** The column on which each row pivots: independent columns, of which the later rows have nothing left. */
  readonly pivots: readonly number[];
  /** Whether each column is clearly independent of the others or clearly not, and squares have digits enough to solve by. */
  readonly isClear: boolean;
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
  // A ridge takes columns of any scale as they are; without one, those that are small beside others have to be told apart.
  const most = ridge > 0 ? 0 : whole.reduce((most, squares) => Math.max(most, squares), 0);
  let isClear = true;
  for (;;) {
    const pivot = mostLeft(left, whole);
    if (pivot === -1) return { rows, pivots, isClear };
    isClear &&= left[pivot]! > CLEAR * Math.max(whole[pivot]!, most);
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
    const isFree = left[j]! > ROUNDING * whole[j]!;
    if (isFree && (pivot === -1 || left[j]! > left[pivot]!)) pivot = j;
  }
  return pivot;
}
