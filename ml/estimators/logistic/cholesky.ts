/** What is left of a pivot is rounding up to this share of it. */
const ROUNDING = 1e-13;

/**
 * Factors a symmetric matrix that is positive semi-definite up to rounding, in place: of LLᵀ, L is left in the lower triangle. Where
 * nothing but rounding is left of a pivot, its direction is as good as flat, and the pivot becomes infinite: no step is taken along it.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.5.
 *
 * @param matrix `size` × `size`, row-major; the lower triangle counts
 */
export function factorCholesky(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const whole = matrix[row + i]!;
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      let rest = matrix[row + j]!;
      for (let k = 0; k < j; k++) rest -= matrix[row + k]! * matrix[other + k]!;
      if (j < i) matrix[row + j] = rest / matrix[other + j]!;
      else matrix[row + i] = rest > ROUNDING * whole ? Math.sqrt(rest) : Infinity;
    }
  }
}

/** Solves LLᵀx = b, in place of b. */
export function solveFactored(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let rest = b[i]!;
    for (let k = 0; k < i; k++) rest -= factor[i * size + k]! * b[k]!;
    b[i] = rest / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = b[i]! / factor[i * size + i]!;
    b[i] = value;
    for (let k = 0; k < i; k++) b[k]! -= factor[i * size + k]! * value;
  }
}
