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
 */
export function curvatureAt(loss: CrossEntropy, at: Float64Array, l2: Float64Array): Curvature {
  const { outputs, design, weights } = loss;
  const rows = sampledRows(design);
  const width = design.columns + 1;
  const probabilities = loss.probabilities(at, rows);
  const shares = sharesOf(rows, weights);
  const inBlocks = outputs * width * width <= MOST;
  const blocks = Array.from({ length: outputs }, (_, k) => {
    const bends = shares.map((share, i) => {
      const p = probabilities[i * outputs + k]!;
      return share * p * (1 - p);
    });
    const coefficients = Uint32Array.from({ length: width }, (_, place) => place * outputs + k);
    if (!inBlocks) return singleBlocks(coefficients, squaresOf(sampleOf(design).data, width - 1, bends), l2);
    const matrix = weightedProducts(design, rows, bends);
    for (let place = 0; place < width; place++) matrix[place * (width + 1)]! += l2[place * outputs + k]!;
    return [{ coefficients, matrix }];
  });
  return { blocks: blocks.flat(), isExact: inBlocks && outputs === 1 && rows.length === design.rows };
}

/** How much each of some rows counts, of 1 in all. */
function sharesOf(rows: Uint32Array, weights: Float64Array | undefined): Float64Array {
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

const singleBlocks = (coefficients: Uint32Array, squares: Float64Array, l2: Float64Array): Block[] =>
  Array.from(coefficients, (coefficient, place) => ({
    coefficients: Uint32Array.of(coefficient),
    matrix: Float64Array.of(squares[place]! + l2[coefficient]!),
  }));

/**
 * What to multiply slopes by for the step to where they are 0, as far as the curvature says.
 *
 * @param free 1 for the coefficients that may change
 */
export function inverseOf({ blocks }: Curvature, free: Uint8Array): (slopes: Float64Array) => Float64Array {
  const factors = blocks.map(({ coefficients, matrix }) => {
    const kept = Uint32Array.from(coefficients.keys()).filter((i) => free[coefficients[i]!] === 1);
    const size = kept.length;
    const own = new Float64Array(size * size);
    kept.forEach((i, row) => {
      for (let column = 0; column <= row; column++)
        own[row * size + column] = matrix[i * coefficients.length + kept[column]!]!;
    });
    factorCholesky(own, size);
    return { own, size, coefficients: kept.map((i) => coefficients[i]!) };
  });
  return (slopes) => {
    const steps = new Float64Array(slopes.length);
    for (const { own, size, coefficients } of factors) {
      const some = Float64Array.from(coefficients, (coefficient) => slopes[coefficient]!);
      solveFactored(own, size, some);
      coefficients.forEach((coefficient, i) => {
        steps[coefficient] = some[i]!;
      });
    }
    return steps;
  };
}
