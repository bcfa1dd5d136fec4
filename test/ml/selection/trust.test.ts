import { expect, test } from 'vitest';
import { makeFolds } from '../../../ml/data/folds.ts';
import { columnOf, takeRows } from '../../../ml/data/table.ts';
import { type FittedModel, singleModel } from '../../../ml/estimators/model.ts';
import { combineParts, predictParts, predictRows } from '../../../ml/estimators/predict-rows.ts';
import { planOf } from '../../../ml/selection/plan.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { choose } from '../../../ml/selection/selection.ts';
import { regression } from '../../../ml/selection/tasks/regression.ts';

const SEED = 42;
const rows = await readRows({ dataset: 'test/fixtures/students' }, SEED);
const folds = makeFolds(rows.train.rows, 5, SEED);
const target = rows.declaration.target;

/** The largest share by which numbers differ from a multiple of others, all sorted. */
function distanceFromMultiple(values: Float64Array, others: Float64Array): number {
  const sorted = others.toSorted();
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const factor = dot(values, sorted) / dot(sorted, sorted);
  const largest = Math.max(...sorted.map(Math.abs));
  return Math.max(...values.map((value, i) => Math.abs(value - factor * (sorted[i] as number)))) / largest;
}

test('the residuals of each list are those of the part that has not learned from the rows of its fold', async () => {
  const params = { gradient_boosting: { n_estimators: 20, learning_rate: 0.2, max_depth: 3 } };
  const plan = planOf('regression', { models: ['gradient_boosting'], search: 'random', trials: 1, params });
  const { model, trust } = await choose(plan, rows, regression, { seed: SEED, workers: 1 });
  const parts = model?.members[0]?.parts ?? [];
  const lists = trust?.intervals?.lists ?? [];
  expect(parts).toHaveLength(5);
  expect(lists.map(({ parts }) => parts)).toEqual([[0], [1], [2], [3], [4]]);
  expect(trust?.intervals?.scale).toBeNull();
  for (const [fold, { held }] of folds.entries()) {
    const some = takeRows(rows.train, held);
    const { values: predictions } = predictRows(singleModel(parts[fold] as FittedModel), some);
    const residuals = columnOf(some, target).map((value, i) => value - (predictions[i] as number));
    expect(distanceFromMultiple(lists[fold]?.residuals as Float64Array, residuals)).toBeLessThan(1e-9);
    // Of a part that has learned from these rows they would be others.
    const { values: other } = predictRows(singleModel(parts[(fold + 1) % 5] as FittedModel), some);
    const known = columnOf(some, target).map((value, i) => value - (other[i] as number));
    expect(distanceFromMultiple(lists[fold]?.residuals as Float64Array, known)).toBeGreaterThan(0.01);
  }
});

test('a model that is tried alone has one list, of what it predicted in all folds', async () => {
  const plan = planOf('regression', { models: ['linear', 'knn'] });
  const { model, trust } = await choose(plan, rows, regression, { seed: SEED });
  const [list, ...others] = trust?.intervals?.lists ?? [];
  expect(others).toEqual([]);
  expect(list?.parts).toEqual([-1]);
  expect(list?.residuals).toHaveLength(800);
  if (!model) throw new Error('nothing was chosen');
  expect(combineParts(model, predictParts(model, rows.test))).toEqual(predictRows(model, rows.test));
});

test('the same is learned by any number of workers', async () => {
  const params = { gradient_boosting: { n_estimators: 10 } };
  const plan = planOf('regression', { models: ['ridge', 'gradient_boosting'], search: 'random', trials: 2, params });
  const [one, two] = await Promise.all(
    [1, 2].map((workers) => choose(plan, rows, regression, { seed: SEED, workers })),
  );
  expect(one?.trust).toEqual(two?.trust);
});
