/** What two equations share is rounding, up to this share for each column. */
const ROUNDING = 2 ** -52;
const MAX_SWEEPS = 60;

/**
 * The coefficients w that minimise ‖Rw − t‖² + ridge · ‖w‖², by the singular values of R: those that are at most a share
 * `cutOff` of the largest one count as 0, and of the solutions it is the shortest.
 *
 * Pairs of equations are rotated until all of them are at right angles; each is then a singular direction by itself, whose
 * length is its singular value.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, sections 8.6.3 (one-sided Jacobi) and 5.5.
 *
 * @param equations the rows of R, each followed by its t; they are changed
 */
export function solveBySingularValues(equations: readonly Float64Array[], ridge: number, cutOff: number): Float64Array {
  const columns = (equations[0]?.length ?? 1) - 1;
  for (let sweep = 0, turned = true; turned && sweep < MAX_SWEEPS; sweep++) turned = rotateAll(equations, columns);
  const squares = equations.map((equation) => product(equation, equation, columns));
  const least = cutOff ** 2 * Math.max(...squares, 0);
  const coefficients = new Float64Array(columns);
  equations.forEach((equation, i) => {
    if (squares[i]! <= least) return;
    const share = equation[columns]! / (squares[i]! + ridge);
    for (let j = 0; j < columns; j++) coefficients[j]! += equation[j]! * share;
  });
  return coefficients;
}

/** Rotates every two equations once; says whether any were not at right angles. */
function rotateAll(equations: readonly Float64Array[], columns: number): boolean {
  let turned = false;
  equations.forEach((a, i) => {
    for (const b of equations.slice(i + 1)) {
      const alpha = product(a, a, columns);
      const beta = product(b, b, columns);
      const gamma = product(a, b, columns);
      if (Math.abs(gamma) <= columns * ROUNDING * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
      turned = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent);
      const sine = cosine * tangent;
      for (let j = 0; j <= columns; j++) {
        const inA = a[j]!;
        a[j] = cosine * inA - sine * b[j]!;
        b[j] = sine * inA + cosine * b[j]!;
      }
    }
  });
  return turned;
}

function product(a: Float64Array, b: Float64Array, columns: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += a[j]! * b[j]!;
  return sum;
}
