import { expect, test } from 'vitest';
import type { Training } from '../../../ml/report/records.ts';
import { leaderboard } from '../../../ml/report/scores.ts';

const cv = (r2: number) => ({ r2, rmse: 2, mae: 1, r2_sd: 0.01 });
const entry = (model: string, r2: number) => ({ status: 'scored' as const, model, params: { depth: 3 }, cv: cv(r2) });
const training: Training = {
  task: 'regression',
  release: 'r',
  path: null,
  verdict: { released: true, reason: 'it does' },
  chosen: 'ensemble',
  model: {
    model: 'ensemble',
    intercept: 0,
    members: [
      { model: 'catboost', params: { depth: 3 }, parts: 5, weight: 0.625 },
      { model: 'ridge', params: { depth: 3 }, parts: 1, weight: 0.375 },
    ],
    cv: cv(0.9),
  },
  holdout: cv(0.8),
  threshold: 0.6,
  leaderboard: [entry('catboost', 0.85), entry('knn', 0.8), entry('ridge', 0.7)],
};

test('an ensemble comes first, with the weights of its members, which are marked', () => {
  const [, , ensemble, ...models] = leaderboard(training).split('\n');
  expect(ensemble).toMatch(/^\| \*\*ensemble\*\* \| 0\.9000 ± 0\.0100 \|.*\| 0\.63 catboost, 0\.38 ridge \|$/);
  expect(models.map((line) => line.split(' ')[1])).toEqual(['**catboost**', 'knn', '**ridge**']);
});

test('where another version does not say what was chosen, its name does', () => {
  const lines = leaderboard({ ...training, chosen: 'knn', model: null }).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => line.includes('**'))).toEqual([expect.stringContaining('**knn**')]);
});
