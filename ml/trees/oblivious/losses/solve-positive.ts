/** A pivot that is a smaller share of its diagonal entry is rounding alone. */
const SMALL = 1e-12;

/**
 * Solves (A + l2 × I) x = b in place, by Cholesky's method. A direction in which there is nothing to tell is left out: without l2, that in
 * which all classes move alike.
 *
 * @param a the lower triangle of a positive semidefinite matrix, row by row; overwritten
 * @param b becomes x
 */
export function solvePositive(a: Float64Array, b: Float64Array, l2: number): void {
  const size = b.length;
  for (let j = 0, row = 0; j < size; row += ++j) {
    for (let k = 0, other = 0; k <= j; other += ++k) {
      let sum = a[row + k]! + (k === j ? l2 : 0);
      const diagonal = sum;
      for (let i = 0; i < k; i++) sum -= a[row + i]! * a[other + i]!;
      if (k === j) a[row + k] = sum > SMALL * diagonal ? Math.sqrt(sum) : 0;
      else a[row + k] = a[other + k]! > 0 ? sum / a[other + k]! : 0;
    }
    let own = b[j]!;
    for (let i = 0; i < j; i++) own -= a[row + i]! * b[i]!;
    b[j] = a[row + j]! > 0 ? own / a[row + j]! : 0;
  }
  for (let j = size - 1; j >= 0; j--) {
    let own = b[j]!;
    for (let i = j + 1; i < size; i++) own -= a[(i * (i + 1)) / 2 + j]! * b[i]!;
    const pivot = a[(j * (j + 1)) / 2 + j]!;
    b[j] = pivot > 0 ? own / pivot : 0;
  }
}
