// Candidates are tried on some of the training rows, and the chosen model learns from all of them.

import { expect, test } from 'vitest';
import { columnOf } from '../../../ml/data/table.ts';
import { triedRows } from '../../../ml/selection/draw-rows.ts';
import { FitRunner } from '../../../ml/selection/fit-job.ts';
import { planOf } from '../../../ml/selection/plan.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { choose } from '../../../ml/selection/selection.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';

const SEED = 42;
const rows = await readRows({ dataset: 'test/fixtures/students' }, SEED);
const reduced = { folds: 2, rows: 300, of: 800, learned: 800, forAll: 1e6 };

test('so many are drawn in their order, the same ones each time; all where no plan says less', () => {
  const tried = triedRows({ reduced }, rows, SEED);
  expect(tried.rows).toBe(300);
  expect(triedRows({ reduced }, rows, SEED)).toEqual(tried);
  const all = new Set(rows.train.chosen);
  expect(tried.chosen?.every((row) => all.has(row))).toBe(true);
  expect(tried.chosen).toEqual(tried.chosen?.toSorted());
  expect(triedRows({}, rows, SEED)).toBe(rows.train);
  // A release of an older version holds the drawn rows alone.
  expect(triedRows({ reduced: { folds: 2, rows: 800, of: 9000 } }, rows, SEED)).toBe(rows.train);
});

test.each([1, 2])('the model is that of all training rows, with %i workers', async (workers) => {
  const params = { gradient_boosting: { n_estimators: 20, learning_rate: 0.2, max_depth: 3 } };
  const plan = {
    ...planOf('regression', { models: ['gradient_boosting'], search: 'random', trials: 1, params }),
    reduced,
  };
  const { model, trust, leaderboard, folds } = await choose(plan, rows, regression, { seed: SEED, workers });
  const [member, ...others] = model?.members ?? [];
  expect(others).toEqual([]);
  expect(member?.parts).toHaveLength(1);
  const [part] = member?.parts ?? [];
  const { declaration, train } = rows;
  const candidate = { model: 'gradient_boosting', params: part?.params ?? {}, features: leaderboard[0]?.features };
  const runner = new FitRunner({ declaration, train, folds: [], seed: SEED });
  expect(runner.run({ candidate, fold: null, threads: 1 }, () => {})).toMatchObject({
    status: 'fitted',
    model: { state: part?.state, preprocessor: part?.preprocessor },
  });
  expect(folds).toBe(2);
  // Residuals are of the rows that the two folds hold of those that were tried.
  expect(trust?.intervals?.lists.map(({ parts }) => parts)).toEqual([[-1]]);
  expect(trust?.intervals?.rows).toBe(120);
  const scores = columnOf(train, 'reading_score');
  expect(trust?.domain.columns.find(({ column }) => column === 'reading_score')).toMatchObject({
    range: { min: Math.min(...scores), max: Math.max(...scores) },
  });
});
