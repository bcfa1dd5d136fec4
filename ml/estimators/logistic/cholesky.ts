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
  for (let j = 0; j < size; j++) {
    const own = j * size;
    const whole = matrix[own + j]!;
    let rest = whole;
    for (let k = 0; k < j; k++) rest -= matrix[own + k]! * matrix[own + k]!;
    const pivot = rest > ROUNDING * whole ? Math.sqrt(rest) : Infinity;
    matrix[own + j] = pivot;
    let i = j + 1;
    for (; i + 3 < size; i += 4) factorFour(matrix, size, i, j);
    for (; i < size; i++) {
      const row = i * size;
      let left = matrix[row + j]!;
      for (let k = 0; k < j; k++) left -= matrix[row + k]! * matrix[own + k]!;
      matrix[row + j] = left / pivot;
    }
  }
}

/** Column j of four rows from i on, whose sums need not wait for each other. */
function factorFour(matrix: Float64Array, size: number, i: number, j: number): void {
  const own = j * size;
  const a = i * size;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  let inA = matrix[a + j]!;
  let inB = matrix[b + j]!;
  let inC = matrix[c + j]!;
  let inD = matrix[d + j]!;
  for (let k = 0; k < j; k++) {
    const factor = matrix[own + k]!;
    inA -= matrix[a + k]! * factor;
    inB -= matrix[b + k]! * factor;
    inC -= matrix[c + k]! * factor;
    inD -= matrix[d + k]! * factor;
  }
  const pivot = matrix[own + j]!;
  matrix[a + j] = inA / pivot;
  matrix[b + j] = inB / pivot;
  matrix[c + j] = inC / pivot;
  matrix[d + j] = inD / pivot;
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
