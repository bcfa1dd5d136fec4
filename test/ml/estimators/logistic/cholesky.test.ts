import { expect, test } from 'vitest';
import { factorCholesky, solveFactored } from '../../../../ml/estimators/logistic/cholesky.ts';

test('it solves what a positive definite matrix says', () => {
  const matrix = Float64Array.of(4, 2, 1, 2, 5, 3, 1, 3, 6);
  factorCholesky(matrix, 3);
  const b = Float64Array.of(4 * 1 + 2 * -2 + 3, 2 * 1 + 5 * -2 + 9, 1 - 6 + 18);
  solveFactored(matrix, 3, b);
  [1, -2, 3].forEach((value, i) => {
    expect(b[i]).toBeCloseTo(value, 12);
  });
});

test('along what nothing is known of it takes no step', () => {
  // The third column is the sum of the others, and the fourth is 0.
  const matrix = Float64Array.of(2, 0, 2, 0, 0, 3, 3, 0, 2, 3, 5, 0, 0, 0, 0, 0);
  factorCholesky(matrix, 4);
  const b = Float64Array.of(4, 9, 13, 7);
  solveFactored(matrix, 4, b);
  expect([...b]).toEqual([expect.closeTo(2, 12), expect.closeTo(3, 12), 0, 0]);
});
