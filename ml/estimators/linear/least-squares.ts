import type { Gram } from './gram.ts';
import { pivotedCholesky, type TriangularFactor } from './pivoted-cholesky.ts';

/**
 * The coefficients w that minimise ‖y − Xw‖² + ridge · ‖w‖². Where columns depend on each other many do, and these are
 * the shortest of them, as scikit-learn's are: they treat the levels of a category alike, and a level that no row had
 * counts as the average of the others.
 *
 * Squares have half of the digits: where columns depend on each other nearly, or differ much in scale, they do not
 * decide, and undefined is returned.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, section 5.6: where Rw = t has fewer rows than columns,
 * the shortest solution is w = Rᵀz with RRᵀz = t.
 */
export function leastSquares(gram: Gram, ridge = 0): Float64Array | undefined {
  const { columns } = gram;
  const factor = pivotedCholesky(gram, ridge);
  if (!factor.isClear) return undefined;
  if (factor.pivots.length === columns) return backSubstitute(factor, columns);
  const across = productsOfRows(factor, columns);
  const z = backSubstitute(pivotedCholesky(across, 0), across.columns);
  const coefficients = new Float64Array(columns);
  factor.rows.forEach((row, i) => {
    for (let j = 0; j < columns; j++) coefficients[j]! += row[j]! * z[i]!;
  });
  return coefficients;
}

/** Solves Rw = t from the last row to the first; a column that is no pivot counts 0. */
function backSubstitute({ rows, pivots }: TriangularFactor, columns: number): Float64Array {
  const solution = new Float64Array(columns);
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    let rest = row[columns]!;
    for (let later = i + 1; later < pivots.length; later++) rest -= row[pivots[later]!]! * solution[pivots[later]!]!;
    solution[pivots[i]!] = rest / row[pivots[i]!]!;
  }
  return solution;
}

/** RRᵀ, and t as one more column. */
function productsOfRows({ rows }: TriangularFactor, columns: number): Gram {
  const stride = rows.length + 1;
  const products = new Float64Array(stride * stride);
  rows.forEach((a, i) => {
    for (let k = 0; k <= i; k++) {
      const b = rows[k]!;
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += a[j]! * b[j]!;
      products[i * stride + k] = products[k * stride + i] = sum;
    }
    products[i * stride + rows.length] = a[columns]!;
  });
  return { columns: rows.length, products, stride, means: new Float64Array(stride), xUnit: 1, yUnit: 1 };
}
