import { solveCholesky } from '../../core/cholesky.ts';

/** A system of normal equations, `matrix · x = right`, whose matrix is symmetric and positive definite. */
export interface NormalEquations {
  /** size × size, row-major. */
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

/** What is left of a gradient, in shares of the largest entry of `right`, is rounding. */
const ROUNDING = 1e-12;

/**
 * The least-squares solution without negative entries, by an active set: entries become free one at a time, by the largest
 * gradient, and are solved for exactly; those that would turn negative are put back to 0.
 *
 * Source: Lawson and Hanson 1974, Solving Least Squares Problems, chapter 23 (NNLS).
 */
export function solveNonNegative(equations: NormalEquations): Float64Array {
  const { matrix, right } = equations;
  const size = right.length;
  const least = ROUNDING * right.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const x = new Float64Array(size);
  let free: number[] = [];
  // It ends by itself, but rounding could let an entry go round in circles.
  for (let steps = 0; steps < 3 * size; steps++) {
    const entering = steepest(equations, x, free);
    if (entering.gradient <= least) break;
    free = [...free, entering.entry].sort((a, b) => a - b);
    for (;;) {
      const solved = solveCholesky(matrix, right, free);
      const blocking = free.filter((_, i) => (solved[i] as number) <= 0);
      if (blocking.length === 0) {
        x.fill(0);
        for (const [i, entry] of free.entries()) x[entry] = solved[i] as number;
        break;
      }
      // As far towards the solution as no entry turns negative; those that have come to 0 stay there.
      const shares = free.map((entry, i) => {
        const [from, to] = [x[entry] as number, solved[i] as number];
        if (to > 0) return 1;
        return from === 0 ? 0 : from / (from - to);
      });
      const share = Math.min(...shares);
      for (const [i, entry] of free.entries())
        x[entry] = (x[entry] as number) + share * ((solved[i] as number) - (x[entry] as number));
      const gone = new Set(free.filter((_, i) => shares[i] === share));
      for (const entry of gone) x[entry] = 0;
      free = free.filter((entry) => !gone.has(entry));
    }
  }
  return x;
}

/** The entry at 0 whose growth helps most. */
function steepest({ matrix, right }: NormalEquations, x: Float64Array, free: readonly number[]) {
  const size = x.length;
  let best = { entry: -1, gradient: -Infinity };
  for (let i = 0; i < size; i++) {
    if (free.includes(i)) continue;
    let gradient = right[i] as number;
    for (const j of free) gradient -= (matrix[i * size + j] as number) * (x[j] as number);
    if (gradient > best.gradient) best = { entry: i, gradient };
  }
  return best;
}
