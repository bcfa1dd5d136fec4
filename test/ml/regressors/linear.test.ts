import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/matrix.ts';
import { createRandom } from '../../../ml/random.ts';
import { linear } from '../../../ml/regressors/linear.ts';

const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length as number,
  data: Float64Array.from(rows.flat()),
});
const random = createRandom(1);
const draw = (n: number) => Array.from({ length: n }, () => 2 * random.uniform() - 1);

test('it finds the coefficients that made the targets', () => {
  const rows = Array.from({ length: 50 }, () => draw(3));
  const y = Float64Array.from(rows, ([a, b, c]) => 4 + 2 * (a as number) - 3 * (b as number) + 0.5 * (c as number));
  const { intercept, coefficients } = linear.fit(matrix(...rows), y, {}, 0);
  [4, 2, -3, 0.5].forEach((value, i) => {
    expect([intercept, ...coefficients][i]).toBeCloseTo(value, 10);
  });
});

test('a line through noise is the least-squares line', () => {
  // Slope Σ(x−x̄)(y−ȳ) / Σ(x−x̄)² = 5 / 5, intercept ȳ − x̄.
  const { intercept, coefficients } = linear.fit(matrix([1], [2], [3], [4]), Float64Array.of(2, 2, 5, 4.5), {}, 0);
  expect(coefficients[0]).toBeCloseTo(1.05, 12);
  expect(intercept).toBeCloseTo(0.75, 12);
});

test('full sets of one-hot columns, a copy, a sum and a constant change no prediction', () => {
  const rows = Array.from(
    { length: 80 },
    (_, i) => [i % 3, (i >> 2) % 2, ...draw(2)] as [number, number, number, number],
  );
  const y = Float64Array.from(rows, ([group, half, a, b]) => 3 * group - half + a + 2 * b + 0.1 * random.uniform());
  const plain = rows.map(([group, half, a, b]) => [Number(group === 1), Number(group === 2), half, a, b]);
  const collinear = rows.map(([group, half, a, b]) => [
    Number(group === 0),
    Number(group === 1),
    Number(group === 2),
    half,
    1 - half,
    a,
    a,
    b,
    a + b,
    7,
  ]);
  const expected = linear.predict(linear.fit(matrix(...plain), y, {}, 0), matrix(...plain));
  const actual = linear.predict(linear.fit(matrix(...collinear), y, {}, 0), matrix(...collinear));
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 9);
  });
});

test('a level that no row had counts as the average of those that rows had', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [0, 1, 2, 3].map((level) => Number(i % 3 === level)));
  const y = Float64Array.from(rows, ([a, b]) => 10 * (a as number) + 4 * (b as number) + 1);
  const state = linear.fit(matrix(...rows), y, {}, 0);
  expect(linear.predict(state, matrix([0, 0, 0, 1]))[0]).toBeCloseTo((11 + 5 + 1) / 3, 10);
});

test('more columns than rows still fit', () => {
  const x = matrix(draw(10), draw(10), draw(10));
  const y = Float64Array.of(1, 2, 3);
  linear.predict(linear.fit(x, y, {}, 0), x).forEach((value, i) => {
    expect(value).toBeCloseTo(y[i] as number, 8);
  });
});
