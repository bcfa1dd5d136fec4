import { reduceOrthogonally } from './complete-orthogonal.ts';

/** What two equations share is rounding, up to this share for each column. */
const ROUNDING = 2 ** -52;
const MAX_SWEEPS = 60;

/**
 * The coefficients w that minimise ‖Rw − t‖² + ridge · ‖w‖², by the singular values of R: those that are at most a share
 * `cutOff` of the largest one count as 0, and of the solutions it is the shortest.
 *
 * Where all that is left without rounding is clearly longer than that, no singular value need be known. Else pairs of equations are
 * rotated until all of them are at right angles; each is then a singular direction by itself, whose length is its singular value.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, sections 8.6.3 (one-sided Jacobi) and 5.5.
 *
 * @param equations the rows of R, each followed by its t
 */
export function solveBySingularValues(equations: readonly Float64Array[], ridge: number, cutOff: number): Float64Array {
  const rounding = Math.min(cutOff, equations.length * ROUNDING);
  const { equations: reduced, restore } = reduceOrthogonally(equations, rounding);
  if (ridge === 0 && isShortestAbove(reduced, cutOff)) return restore(solveTriangle(reduced));
  return restore(solveByRotations(reduced, ridge, cutOff));
}

/** Whether the smallest singular value of a lower triangle is surely more than this share of the largest one. */
function isShortestAbove(equations: readonly Float64Array[], share: number): boolean {
  const size = equations.length;
  let squares = 0;
  let inverse = 0;
  for (let k = 0; k < size; k++) {
    // A column of the inverse; the Frobenius norm is no smaller than the spectral one.
    const column = new Float64Array(size);
    for (let i = k; i < size; i++) {
      const equation = equations[i]!;
      let rest = i === k ? 1 : 0;
      for (let j = k; j < i; j++) rest -= equation[j]! * column[j]!;
      column[i] = rest / equation[i]!;
      inverse += column[i]! * column[i]!;
    }
    for (let j = 0; j <= k; j++) squares += equations[k]![j]! * equations[k]![j]!;
  }
  return 1 / Math.sqrt(inverse) > share * Math.sqrt(squares);
}

/** The solution of as many equations as there are unknowns, of which each has one more than the one before. */
function solveTriangle(equations: readonly Float64Array[]): Float64Array {
  const size = equations.length;
  const solution = new Float64Array(size);
  equations.forEach((equation, i) => {
    let rest = equation[size]!;
    for (let j = 0; j < i; j++) rest -= equation[j]! * solution[j]!;
    solution[i] = rest / equation[i]!;
  });
  return solution;
}

function solveByRotations(equations: readonly Float64Array[], ridge: number, cutOff: number): Float64Array {
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
