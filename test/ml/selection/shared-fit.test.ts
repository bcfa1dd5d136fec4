import { expect, test } from 'vitest';
import { paramsOf } from '../../../ml/estimators/index.ts';
import type { ParamValues } from '../../../ml/estimators/params.ts';
import { shareFits, withRounds } from '../../../ml/selection/shared-fit.ts';

const candidate = (model: string, params: Partial<ParamValues> = {}) => ({
  model,
  params: paramsOf(model, 'regression', params),
});
const sizes = (...candidates: ReturnType<typeof candidate>[]) =>
  shareFits(candidates).map(({ fitted, rounds }) => [fitted.model, rounds ?? null]);

test('candidates that differ in their number of rounds alone share a fit: that of the most rounds', () => {
  const forests = [16, 8, 32].map((n_estimators) => candidate('random_forest', { n_estimators }));
  const other = candidate('random_forest', { n_estimators: 8, max_depth: 3 });
  expect(sizes(candidate('linear'), ...forests, other)).toEqual([
    ['linear', null],
    ['random_forest', [8, 16, 32]],
    ['random_forest', null],
  ]);
  expect(shareFits(forests)[0]).toMatchObject({ fitted: forests[2], candidates: [forests[1], forests[0], forests[2]] });
});

test('those whose other defaults hang on the number of rounds do not', () => {
  const growing = (params: Partial<ParamValues>) =>
    [50, 100, 300].map((iterations) => candidate('catboost', { iterations, ...params }));
  expect(sizes(...growing({}))).toHaveLength(3);
  expect(sizes(...growing({ learning_rate: 0.1 }))).toEqual([
    ['catboost', [50, 100]],
    ['catboost', null],
  ]);
  expect(sizes(...growing({ learning_rate: 0.1, max_ctr_complexity: 1 }))).toEqual([['catboost', [50, 100, 300]]]);
});

test('what differs in its features has a fit of its own', () => {
  const forest = candidate('random_forest');
  expect(shareFits([forest, { ...withRounds(forest, 5), features: [{ recipe: 'counts' }] }])).toHaveLength(2);
});
