import { factorCholesky, solveFactored } from './cholesky.ts';
import type { CrossEntropy } from './cross-entropy.ts';
import { sampledRows, sampleOf } from './design.ts';
import { weightedProducts } from './weighted-products.ts';

/** Numbers in blocks, at most; beyond, memory and time go by the diagonal alone. */
const MOST = 8_000_000;

/** The second derivatives by some of the coefficients and each other; between those of two blocks they count as 0. */
interface Block {
  readonly coefficients: Uint32Array;
  /** Symmetric, row-major. */
  readonly matrix: Float64Array;
}

/**
 * What is known of the second derivatives of a mean loss with its penalty. Of several classes the derivatives by the coefficients of
 * one and of another are left out, and of many rows some are enough: a solver that goes by it learns the rest from its steps.
 */
export interface Curvature {
  readonly blocks: readonly Block[];
  /** Whether nothing was left out. */
  readonly isExact: boolean;
}

/**
 * @param at coefficients
 * @param l2 what the penalty adds to the second derivative by each coefficient
 * @param chosen 1 for the coefficients that are asked for
 */
export function curvatureAt(loss: CrossEntropy, at: Float64Array, l2: Float64Array, chosen: Uint8Array): Curvature {
  const { outputs, design, weights } = loss;
  const rows = sampledRows(design);
  const probabilities = loss.probabilities(at, rows);
  const shares = sharesOf(rows, weights);
  const places = placesOf(chosen, outputs);
  const inBlocks = places.reduce((sum, { length }) => sum + length ** 2, 0) <= MOST;
  const blocks = places.map((own, k) => {
    const bends = shares.map((share, i) => {
      const p = probabilities[i * outputs + k]!;
      return share * p * (1 - p);
    });
    const coefficients = own.map((place) => place * outputs + k);
    if (!inBlocks) {
      const squares = squaresOf(sampleOf(design).data, design.columns, bends);
      return singleBlocks(
        coefficients,
        Float64Array.from(own, (place) => squares[place]!),
        l2,
      );
    }
    const matrix = weightedProducts(design, rows, bends, own);
    coefficients.forEach((coefficient, i) => {
      matrix[i * (own.length + 1)]! += l2[coefficient]!;
    });
    return [{ coefficients, matrix }];
  });
  return { blocks: blocks.flat(), isExact: inBlocks && outputs === 1 && rows.length === design.rows };
}

/** Of each output the places of the coefficients that are chosen. */
const placesOf = (chosen: Uint8Array, outputs: number): Uint32Array[] =>
  Array.from({ length: outputs }, (_, k) =>
    Uint32Array.from({ length: chosen.length / outputs }, (_, place) => place).filter(
      (place) => chosen[place * outputs + k] === 1,
    ),
  );

/** How much each of some rows counts, of 1 in all. */
export function sharesOf(rows: Uint32Array, weights: Float64Array | undefined): Float64Array {
  const shares = new Float64Array(rows.length).fill(1);
  let total = rows.length;
  if (weights) {
    total = 0;
    for (let i = 0; i < rows.length; i++) total += shares[i] = weights[rows[i]!]!;
  }
  for (let i = 0; i < shares.length; i++) shares[i]! /= total;
  return shares;
}

/** The sum of the weighted squares of each column, and of the intercept's. */
function squaresOf(data: Float64Array, columns: number, weights: Float64Array): Float64Array {
  const squares = new Float64Array(columns + 1);
  for (let i = 0, at = 0; i < weights.length; i++) {
    for (let j = 0; j < columns; j++, at++) squares[j]! += weights[i]! * data[at]! * data[at]!;
    squares[columns]! += weights[i]!;
  }
  return squares;
}

/** @param squares one for each coefficient */
const singleBlocks = (coefficients: Uint32Array, squares: Float64Array, l2: Float64Array): Block[] =>
  Array.from(coefficients, (coefficient, i) => ({
    coefficients: Uint32Array.of(coefficient),
    matrix: Float64Array.of(squares[i]! + l2[coefficient]!),
  }));

/**
 * After how many steps another measurement costs no more than these have, each of which takes two passes over all rows.
 *
 * @param chosen 1 for the coefficients that are measured
 */
export function stepsWorth({ design, outputs }: Pick<CrossEntropy, 'design' | 'outputs'>, chosen: Uint8Array): number {
  const { rows, columns, denseCount, entries } = design;
  const sparse = entries.length / rows;
  const filled = denseCount + 1 + sparse;
  const costs = placesOf(chosen, outputs).map(({ length }) => {
    const own = (filled * length) / (columns + 1);
    return (sampledRows(design).length * own ** 2) / 2 + length ** 3 / 6;
  });
  // An entry among others that are 0 takes as long as four of a dense column.
  return costs.reduce((sum, cost) => sum + cost, 0) / (2 * rows * (filled + 3 * sparse) * outputs);
}

/** What to multiply slopes by for the step to where they are 0, as far as the curvature says; other coefficients have none. */
export function inverseOf({ blocks }: Curvature): (slopes: Float64Array) => Float64Array {
  const factors = blocks.map(({ coefficients, matrix }) => {
    const own = matrix.slice();
    factorCholesky(own, coefficients.length);
    return { own, coefficients };
  });
  return (slopes) => {
    const steps = new Float64Array(slopes.length);
    for (const { own, coefficients } of factors) {
      const some = new Float64Array(coefficients.length);
      for (let i = 0; i < some.length; i++) some[i] = slopes[coefficients[i]!]!;
      solveFactored(own, some.length, some);
      for (let i = 0; i < some.length; i++) steps[coefficients[i]!] = some[i]!;
    }
    return steps;
  };
}
