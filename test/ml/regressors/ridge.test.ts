import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/matrix.ts';
import { linear } from '../../../ml/regressors/linear.ts';
import { ridge } from '../../../ml/regressors/ridge.ts';

const x: Matrix = { rows: 4, columns: 1, data: Float64Array.of(1, 2, 3, 4) };
const y = Float64Array.of(2, 2, 5, 4.5);

test('the slope is shrunk by alpha, and the line still passes through the means', () => {
  // Σ(x−x̄)(y−ȳ) / (Σ(x−x̄)² + alpha) = 5.25 / 7.
  const { intercept, coefficients } = ridge.fit(x, y, { alpha: 2, fit_intercept: true }, 0);
  expect(coefficients[0]).toBeCloseTo(0.75, 12);
  expect(intercept).toBeCloseTo(3.375 - 0.75 * 2.5, 12);
});

test('without an intercept it is a line through the origin', () => {
  // Σxy / (Σx² + alpha) = 39 / 32.
  const { intercept, coefficients } = ridge.fit(x, y, { alpha: 2, fit_intercept: false }, 0);
  expect(coefficients[0]).toBeCloseTo(39 / 32, 12);
  expect(intercept).toBe(0);
});

test('alpha 0 is ordinary least squares, even where columns depend on each other', () => {
  const doubled: Matrix = { rows: 4, columns: 2, data: Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4) };
  expect(ridge.fit(doubled, y, { alpha: 0, fit_intercept: true }, 0)).toEqual(linear.fit(doubled, y, {}, 0));
});
