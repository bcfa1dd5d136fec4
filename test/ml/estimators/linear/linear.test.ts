import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { linear } from '../../../../ml/estimators/linear/linear.ts';

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
  const { intercept, coefficients } = linear.fit({ x: matrix(...rows), y, params: {}, seed: 0 });
  [4, 2, -3, 0.5].forEach((value, i) => {
    expect([intercept, ...coefficients][i]).toBeCloseTo(value, 10);
  });
});

test('a line through noise is the least-squares line', () => {
  // Slope Σ(x−x̄)(y−ȳ) / Σ(x−x̄)² = 5 / 5, intercept ȳ − x̄.
  const { intercept, coefficients } = linear.fit({
    x: matrix([1], [2], [3], [4]),
    y: Float64Array.of(2, 2, 5, 4.5),
    params: {},
    seed: 0,
  });
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
  const expected = linear.predict(linear.fit({ x: matrix(...plain), y, params: {}, seed: 0 }), matrix(...plain)).values;
  const actual = linear.predict(
    linear.fit({ x: matrix(...collinear), y, params: {}, seed: 0 }),
    matrix(...collinear),
  ).values;
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 9);
  });
});

test('a level that no row had counts as the average of those that rows had', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [0, 1, 2, 3].map((level) => Number(i % 3 === level)));
  const y = Float64Array.from(rows, ([a, b]) => 10 * (a as number) + 4 * (b as number) + 1);
  const state = linear.fit({ x: matrix(...rows), y, params: {}, seed: 0 });
  expect(linear.predict(state, matrix([0, 0, 0, 1])).values[0]).toBeCloseTo((11 + 5 + 1) / 3, 10);
});

test('more columns than rows still fit', () => {
  const x = matrix(draw(10), draw(10), draw(10));
  const y = Float64Array.of(1, 2, 3);
  linear.predict(linear.fit({ x, y, params: {}, seed: 0 }), x).values.forEach((value, i) => {
    expect(value).toBeCloseTo(y[i] as number, 8);
  });
});

test.each([1e-2, 1e-3, 1e-5, 4e-6])('columns that differ by %f of their deviation keep what they differ in', (size) => {
  const rows = Array.from({ length: 60 }, () => draw(2) as [number, number]).map(([a, b]) => [a, a + size * b]);
  const y = Float64Array.from(rows, ([a, b]) => 2 * (((b as number) - (a as number)) / size) + 5);
  const x = matrix(...rows);
  linear.predict(linear.fit({ x, y, params: {}, seed: 0 }), x).values.forEach((value, i) => {
    expect(Math.abs(value - (y[i] as number))).toBeLessThan(1e-8);
  });
});

test('directions that are a millionth of the longest are left out, as the reference does', () => {
  // Expected is what scikit-learn 1.9.1 finds.
  const rows = Array.from({ length: 20 }, (_, i) => [i, 1e-7 * ((i * 7) % 20)]);
  const y = Float64Array.from(rows, ([a, b]) => (a as number) + 1e7 * (b as number));
  const { intercept, coefficients } = linear.fit({ x: matrix(...rows), y, params: {}, seed: 0 });
  expect(coefficients[0]).toBeCloseTo(1.3684210526315812, 9);
  expect((coefficients[1] as number) / 5.0415512465374476e-8).toBeCloseTo(1, 6);
  expect(intercept).toBeCloseTo(6, 9);
});

test.each([1e-300, 1e-160, 1e-9, 1e9, 1e160, 1e300])('numbers of any size are fitted: around %f', (size) => {
  const rows = Array.from({ length: 50 }, () => draw(2));
  const target = ([a, b]: readonly number[]) => 4 + 2 * (a as number) - 3 * (b as number);
  const fitted = (xSize: number, ySize: number) => {
    const x = matrix(...rows.map((row) => row.map((value) => value * xSize)));
    return linear.predict(
      linear.fit({ x, y: Float64Array.from(rows, (row) => target(row) * ySize), params: {}, seed: 0 }),
      x,
    ).values;
  };
  for (const [xSize, ySize] of [
    [size, 1],
    [1, size],
    [size, size],
  ] as const) {
    fitted(xSize, ySize).forEach((value, i) => {
      expect(value / ySize).toBeCloseTo(target(rows[i] as number[]), 9);
    });
  }
});

test('a coefficient that no double holds is refused, by the name of its column', () => {
  const x = { ...matrix([1e-200], [2e-200], [4e-200]), names: ['current'] };
  expect(() => linear.fit({ x, y: Float64Array.of(1e200, 3e200, 2e200), params: {}, seed: 0 })).toThrow(
    /current .*units/,
  );
});

test.each([1e8, 1e12])('offsets of %f cost the digits of the offset, and no more', (offset) => {
  const rows = Array.from({ length: 50 }, () => draw(2).map((value) => Math.round(value * 4096)));
  const x = matrix(...rows.map((row) => row.map((value) => value + offset)));
  const y = Float64Array.from(rows, ([a, b]) => 2 * (a as number) - (b as number) + offset);
  linear.predict(linear.fit({ x, y, params: {}, seed: 0 }), x).values.forEach((value, i) => {
    expect(Math.abs(value - (y[i] as number))).toBeLessThan(1e-14 * offset);
  });
});
