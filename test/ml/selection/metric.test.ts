import { expect, test } from 'vitest';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { isBetter, score, scoreText } from '../../../ml/selection/metric.ts';
import { mae, r2, rmse } from '../../../ml/selection/regression-metrics.ts';

const metrics = [r2, rmse, mae];
const scored = (truth: number[], predicted: number[], weights?: number[]) =>
  score(
    metrics,
    Float64Array.from(truth),
    oneOutput(Float64Array.from(predicted)),
    weights && Float64Array.from(weights),
  );

test('every metric has its key', () => {
  // Errors 1, 0, -2; squares 5; around the mean 4: 4 + 0 + 4.
  expect(scored([2, 4, 6], [1, 4, 8])).toEqual({
    r2: expect.closeTo(1 - 5 / 8, 12),
    rmse: expect.closeTo(Math.sqrt(5 / 3), 12),
    mae: expect.closeTo(1, 12),
  });
});

test('a row of weight 2 counts twice, one of weight 0 not at all', () => {
  const repeated = scored([2, 2, 4, 6, 6, 6], [1, 1, 4, 8, 8, 8]);
  const weighted = scored([2, 4, 6, 9], [1, 4, 8, 0], [2, 1, 3, 0]);
  for (const { name } of metrics) expect(weighted[name]).toBeCloseTo(repeated[name] as number, 12);
});

test('a prediction that is not finite has no score, nor have errors that no number holds', () => {
  for (const wrong of [Number.NaN, Infinity, -Infinity])
    expect(() => scored([1, 2, 3], [1, wrong, 3])).toThrow(/cannot be scored/);
  expect(() => scored([1e308, -1e308], [-1e308, 1e308])).toThrow(/cannot be scored/);
  expect(() => scored([1, 2], [1e200, -1e200])).toThrow(/R² is -Infinity, RMSE /);
});

test('what is better depends on the metric; what is not a number is never better', () => {
  expect(isBetter(r2, 0.9, 0.8)).toBe(true);
  expect(isBetter(rmse, 0.9, 0.8)).toBe(false);
  expect(isBetter(r2, Number.NaN, 0.8)).toBe(false);
  expect(isBetter(rmse, Number.NaN, 0.8)).toBe(false);
});

test.each([
  [66.0891, '66.089'],
  [0.25, '0.250'],
  [0.000123456, '0.000123'],
  [0.0123456, '0.012'],
  [-1.5e-9, '-1.5e-9'],
  [0, '0.000'],
  [1_234_567.5, '1234567.500'],
  [2.516031e300, '2.52e+300'],
])('in the unit of a target people are shown digits that tell something: %d as %s', (value, text) => {
  expect(scoreText(mae, value)).toBe(text);
});

test('what has no unit is shown with so many decimals, and without a sign where it rounds to nothing', () => {
  expect([0.00004, -0.00004, -0.5, 0.99996].map((value) => scoreText(r2, value))).toEqual([
    '0.0000',
    '0.0000',
    '-0.5000',
    '1.0000',
  ]);
});

test('what has no unit is shown by its size where that is out of all proportion', () => {
  expect([-5.2540385e19, -12_345.67891, 1e6].map((value) => scoreText(r2, value))).toEqual([
    '-5.25e+19',
    '-12345.6789',
    '1.00e+6',
  ]);
});
