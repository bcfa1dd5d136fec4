import { factorCholesky, solveFactored } from './cholesky.ts';
import type { CrossEntropy } from './cross-entropy.ts';
import { sharesOf } from './curvature.ts';
import { sampledRows } from './design.ts';
import { MatrixProduct } from './matrix-product.ts';
import { weightedProducts } from './weighted-products.ts';

/**
 * What to multiply slopes by for the step to where they are 0, where all rows have the same probabilities: the second derivatives of
 * classes differ by the factor p (1 − p) then, so that those of one do for all. How much the penalty counts is evened out between the
 * classes.
 *
 * @param at coefficients, all 0 but those of intercepts
 * @param hasIntercepts whether these may change
 */
export function sharedInverse(
  loss: CrossEntropy,
  at: Float64Array,
  l2: Float64Array,
  hasIntercepts: boolean,
): (slopes: Float64Array) => Float64Array {
  const { outputs, design } = loss;
  const rows = sampledRows(design);
  const bends = loss.probabilities(at, rows.subarray(0, 1)).map((p) => p * (1 - p));
  const mean = bends.reduce((sum, bend) => sum + bend, 0) / outputs;
  const width = design.columns + 1;
  const size = hasIntercepts ? width : width - 1;
  const products = weightedProducts(design, rows, sharesOf(rows, loss.weights));
  const matrix = new Float64Array(size * size);
  for (let place = 0; place < size; place++) {
    matrix.set(products.subarray(place * width, place * width + size), place * size);
    matrix[place * (size + 1)]! += l2[place * outputs]! / mean;
  }
  const inverse = new MatrixProduct(inverseOf(matrix, size), size, outputs);
  return (slopes) => {
    const steps = new Float64Array(slopes.length);
    steps.set(inverse.times(slopes.subarray(0, size * outputs)));
    for (let place = 0, j = 0; place < size; place++) for (let k = 0; k < outputs; k++, j++) steps[j]! /= bends[k]!;
    return steps;
  };
}

/** The inverse of a symmetric matrix, which is overwritten. */
function inverseOf(matrix: Float64Array, size: number): Float64Array {
  factorCholesky(matrix, size);
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    // It is symmetric: a row is a column.
    const own = inverse.subarray(j * size, (j + 1) * size);
    own[j] = 1;
    solveFactored(matrix, size, own);
  }
  return inverse;
}
