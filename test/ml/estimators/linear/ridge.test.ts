import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { linear } from '../../../../ml/estimators/linear/linear.ts';
import { ridge } from '../../../../ml/estimators/linear/ridge.ts';

const x: Matrix = { rows: 4, columns: 1, data: Float64Array.of(1, 2, 3, 4) };
const y = Float64Array.of(2, 2, 5, 4.5);

test('the slope is shrunk by alpha, and the line still passes through the means', () => {
  // Σ(x−x̄)(y−ȳ) / (Σ(x−x̄)² + alpha) = 5.25 / 7.
  const { intercept, coefficients } = ridge.fit({ x, y, params: { alpha: 2, fit_intercept: true }, seed: 0 });
  expect(coefficients[0]).toBeCloseTo(0.75, 12);
  expect(intercept).toBeCloseTo(3.375 - 0.75 * 2.5, 12);
});

test('without an intercept it is a line through the origin', () => {
  // Σxy / (Σx² + alpha) = 39 / 32.
  const { intercept, coefficients } = ridge.fit({ x, y, params: { alpha: 2, fit_intercept: false }, seed: 0 });
  expect(coefficients[0]).toBeCloseTo(39 / 32, 12);
  expect(intercept).toBe(0);
});

test('alpha 0 is ordinary least squares, even where columns depend on each other', () => {
  const doubled: Matrix = { rows: 4, columns: 2, data: Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4) };
  expect(ridge.fit({ x: doubled, y, params: { alpha: 0, fit_intercept: true }, seed: 0 })).toEqual(
    linear.fit({ x: doubled, y, params: {}, seed: 0 }),
  );
});

test('nearly equal columns are told apart without a penalty, and with a very small one', () => {
  const size = 3e-6;
  const near: Matrix = { rows: 40, columns: 2, data: new Float64Array(80) };
  const target = new Float64Array(40);
  for (let i = 0; i < 40; i++) {
    near.data[2 * i] = Math.sin(i);
    near.data[2 * i + 1] = Math.sin(i) + size * Math.cos(3 * i);
    target[i] = Math.cos(3 * i);
  }
  for (const [alpha, tolerance] of [
    [0, 1e-8],
    // The direction is worth size² · Σcos² = 2e-10 against the penalty.
    [1e-13, 1e-2],
  ] as const) {
    ridge
      .predict(ridge.fit({ x: near, y: target, params: { alpha, fit_intercept: true }, seed: 0 }), near)
      .values.forEach((value, i) => {
        expect(Math.abs(value - (target[i] as number))).toBeLessThan(tolerance);
      });
  }
});

test('columns of very different scales need no common one', () => {
  const wide: Matrix = { rows: 4, columns: 2, data: Float64Array.of(1e9, 1, 3e9, 0, 2e9, 5, 7e9, 2) };
  const expected = [2e-9, 3];
  const target = Float64Array.from(
    { length: 4 },
    (_, i) => 2e-9 * (wide.data[2 * i] as number) + 3 * (wide.data[2 * i + 1] as number),
  );
  ridge
    .fit({ x: wide, y: target, params: { alpha: 1e-9, fit_intercept: false }, seed: 0 })
    .coefficients.forEach((value, j) => {
      expect(value / (expected[j] as number)).toBeCloseTo(1, 8);
    });
});

test('a column that vanishes beside another is refused, by its name', () => {
  const far: Matrix = { rows: 3, columns: 2, data: Float64Array.of(1e200, 1, 2e200, 5, -3e200, 2), names: ['a', 'b'] };
  expect(() =>
    ridge.fit({ x: far, y: Float64Array.of(1, 2, 3), params: { alpha: 1, fit_intercept: true }, seed: 0 }),
  ).toThrow(/^b vanishes/);
});

describe('more columns than rows', () => {
  const [rows, columns] = [7, 30];
  const wide: Matrix = {
    rows,
    columns,
    data: Float64Array.from({ length: rows * columns }, (_, at) => Math.sin(at * at) + (at % columns)),
  };
  const target = Float64Array.from({ length: rows }, (_, i) => Math.cos(3 * i) + i);
  const weights = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3));
  /** Each row so often, with as much less weight: the same problem with more rows than columns. */
  const often = 6;
  const repeated = Array.from({ length: rows * often }, (_, i) => i % rows);
  const tall: Matrix = {
    rows: rows * often,
    columns,
    data: Float64Array.from(repeated.flatMap((i) => [...wide.data.subarray(i * columns, (i + 1) * columns)])),
  };
  const pick = (values: Float64Array, divisor = 1) =>
    Float64Array.from(repeated, (i) => (values[i] as number) / divisor);

  test.each([
    [0.001, true],
    [1, true],
    [100, false],
  ])('are weighed as by the products of columns: alpha %d, intercept %s', (alpha, fit_intercept) => {
    const params = { alpha, fit_intercept };
    const byRows = ridge.fit({ x: wide, y: target, weights, params, seed: 0 });
    const byColumns = ridge.fit({ x: tall, y: pick(target), weights: pick(weights, often), params, seed: 0 });
    expect(byRows.intercept).toBeCloseTo(byColumns.intercept, 9);
    byRows.coefficients.forEach((coefficient, j) => {
      expect(coefficient).toBeCloseTo(byColumns.coefficients[j] as number, 9);
    });
    byRows.means?.forEach((mean, j) => {
      expect(mean).toBeCloseTo(byColumns.means?.[j] as number, 9);
    });
  });

  test('may be constant, and of scales that only products of columns tell apart', () => {
    const params = { alpha: 1, fit_intercept: true };
    const data = wide.data.map((value, at) => (at % columns === 3 ? 5 : at % columns === 4 ? value * 1e9 : value));
    const { coefficients } = ridge.fit({ x: { ...wide, data }, y: target, params, seed: 0 });
    expect(coefficients[3]).toBeCloseTo(0, 12);
    expect(coefficients.every(Number.isFinite)).toBe(true);
  });

  test('are as many as a table may well have', () => {
    const many = 10_000;
    const x: Matrix = {
      rows: 20,
      columns: many,
      data: Float64Array.from({ length: 20 * many }, (_, at) => Math.sin(at * at)),
    };
    const y = Float64Array.from({ length: 20 }, (_, i) => x.data[i * many] as number);
    const state = ridge.fit({ x, y, params: { alpha: 1, fit_intercept: true }, seed: 0 });
    // So many columns learn so few rows by heart.
    ridge.predict(state, x).values.forEach((value, i) => {
      expect(Math.abs(value - (y[i] as number))).toBeLessThan(0.01);
    });
  });
});
