import { expect, test } from 'vitest';
import { costOf, type Size } from '../../../../../ml/selection/search/auto/cost.ts';

const secondsOf = (model: string, rows: number, numbers: number) => {
  const size: Size = { rows, held: 20, numbers, levels: [], classes: 0 };
  return costOf({ model, params: {} }, size, 1);
};

test('least squares of as many columns as rows takes the cube of the columns', () => {
  expect(secondsOf('linear', 4000, 4000) / secondsOf('linear', 2000, 2000)).toBeCloseTo(8, 0);
});

test('ridge of more columns than rows takes time in proportion to the columns; least squares to their square', () => {
  expect(secondsOf('ridge', 80, 20_000) / secondsOf('ridge', 80, 10_000)).toBeCloseTo(2, 0);
  expect(secondsOf('linear', 80, 20_000) / secondsOf('linear', 80, 10_000)).toBeCloseTo(4, 0);
  expect(secondsOf('ridge', 80, 10_000)).toBeLessThan(secondsOf('linear', 80, 10_000) / 50);
});

test('of few columns neither weighs beside the rows', () => {
  expect(secondsOf('linear', 100_000, 20)).toBeLessThan(1.01 * (2e-4 + 100_000 * 20 * 30 * 2e-10));
  expect(secondsOf('ridge', 100_000, 20)).toBe(secondsOf('linear', 100_000, 20));
});

test('kernels learn from 50,000 rows at most, and of a million cost no more', () => {
  for (const model of ['kernel_ridge', 'kernel_logistic']) {
    expect(secondsOf(model, 1_000_000, 10), model).toBe(secondsOf(model, 50_000, 10));
    expect(secondsOf(model, 50_000, 10), model).toBeGreaterThan(2 * secondsOf(model, 20_000, 10));
  }
});
