/**
 * The solution of `matrix · x = right` for some of the entries, the others being 0, by Cholesky decomposition.
 *
 * @param matrix size × size, row-major, symmetric and positive definite
 * @param entries of the solution. @default all
 */
export function solveCholesky(
  matrix: Float64Array,
  right: Float64Array,
  entries: ArrayLike<number> & Iterable<number> = Array.from(right.keys()),
): Float64Array {
  const size = right.length;
  const n = entries.length;
  const factor = new Float64Array(n * n);
  const solution = Float64Array.from(entries, (entry) => right[entry] as number);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[(entries[i] as number) * size + (entries[j] as number)] as number;
      for (let k = 0; k < j; k++) rest -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      factor[i * n + j] = i === j ? Math.sqrt(rest) : rest / (factor[j * n + j] as number);
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++)
      solution[i] = (solution[i] as number) - (factor[i * n + k] as number) * (solution[k] as number);
    solution[i] = (solution[i] as number) / (factor[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++)
      solution[i] = (solution[i] as number) - (factor[k * n + i] as number) * (solution[k] as number);
    solution[i] = (solution[i] as number) / (factor[i * n + i] as number);
  }
  return solution;
}
