import { expect, test } from 'vitest';
import { type Evaluated, rank, shownWithDeviation } from '../../../ml/selection/evaluated.ts';
import { failed } from '../../../ml/selection/evaluation.ts';
import { r2, rmse } from '../../../ml/selection/regression-metrics.ts';

const scored = (model: string, r2: number): Evaluated => ({
  status: 'scored',
  model,
  params: {},
  cv: { r2, rmse: 1 - r2, mae: 1, r2_sd: 0.01 },
});

test('of equals the first of the registry is the best, those that failed come last, whatever the order', () => {
  const bad = (model: string) => failed({ model, params: {} }, { status: 'failed', reason: 'no' }).entry;
  const entries = [
    scored('adaboost', 0.5),
    bad('ridge'),
    scored('mean', -3),
    scored('lasso', 0.5),
    bad('linear'),
    scored('knn', 0.9),
  ];
  const expected = ['knn', 'lasso', 'adaboost', 'mean', 'linear', 'ridge'];
  for (const objective of [r2, rmse]) {
    expect(rank(entries, objective).map(({ model }) => model)).toEqual(expected);
    expect(rank(entries.toReversed(), objective).map(({ model }) => model)).toEqual(expected);
  }
});

test('the objective is shown with its deviation, another metric by itself', () => {
  const { cv } = scored('knn', 0.5) as { cv: Record<string, number> };
  expect(shownWithDeviation(r2, cv)).toBe('0.5000 ± 0.0100');
  expect(shownWithDeviation(rmse, cv)).toBe('0.500');
});

test('a reason has an end, and is one line', () => {
  const reason = `x${' \n'.repeat(9)}y${'z'.repeat(9999)}`;
  const { entry } = failed({ model: 'knn', params: {} }, { status: 'failed', reason });
  expect(entry.reason).toHaveLength(500);
  expect(entry.reason).toMatch(/^x yz/);
});
