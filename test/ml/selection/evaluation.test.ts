import { expect, test } from 'vitest';
import { DataError, ParamError } from '../../../ml/core/errors.ts';
import { estimatorNames } from '../../../ml/estimators/index.ts';
import type { Evaluated } from '../../../ml/release/manifest.ts';
import type { Folds } from '../../../ml/selection/cross-validation.ts';
import { candidatesOf, evaluate, failed, rank } from '../../../ml/selection/evaluation.ts';

const scored = (model: string, r2: number): Evaluated => ({
  status: 'scored',
  model,
  params: {},
  cv: { r2, rmse: 1, mae: 1, r2_sd: 0 },
});

test('candidates come in the order of the registry, with all of their parameters', () => {
  const candidates = candidatesOf(['knn', 'mean', 'linear'], { knn: { n_neighbors: 3 }, ridge: { alpha: 2 } });
  expect(candidates).toEqual([
    { model: 'linear', params: {} },
    { model: 'knn', params: { n_neighbors: 3, weights: 'uniform', p: 2 } },
    { model: 'mean', params: {} },
  ]);
});

test('parameters that do not go together are refused before anything is fitted', () => {
  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['catboost', { od_wait: 10 }, /od_wait needs rows that are held out: set eval_fraction/],
    ['random_forest', { bootstrap: false, oob_score: true }, /set bootstrap to true/],
    ['random_forest', { bootstrap: false, max_samples: 0.5 }, /set bootstrap to true/],
  ];
  for (const [model, params, message] of wrong) {
    expect(() => candidatesOf([model], { [model]: params })).toThrow(ParamError);
    expect(() => candidatesOf([model], { [model]: params })).toThrow(message);
  }
});

test('of equals the first of the registry is the best, those that failed come last, whatever the order', () => {
  const bad = (model: string) => failed({ model, params: {} }, new DataError('no'));
  const entries = [
    scored('adaboost', 0.5),
    bad('ridge'),
    scored('mean', -3),
    scored('lasso', 0.5),
    bad('linear'),
    scored('knn', 0.9),
  ];
  const expected = ['knn', 'lasso', 'adaboost', 'mean', 'linear', 'ridge'];
  expect(rank(entries).map(({ model }) => model)).toEqual(expected);
  expect(rank(entries.toReversed()).map(({ model }) => model)).toEqual(expected);
});

test.each([
  [new DataError('too many rows'), 'too many rows'],
  [
    new DataError('The prediction is not finite', {
      issues: [{ path: '3.z', keys: [3, 'z'], message: '1e308 is far' }],
    }),
    'The prediction is not finite: z: 1e308 is far',
  ],
  [new ParamError('alpha is 0'), 'alpha is 0'],
  [
    new RangeError('Array buffer allocation failed'),
    'it needs more memory than there is (Array buffer allocation failed)',
  ],
  [new TypeError('x is\n undefined'), 'an error in Plumbline itself: TypeError: x is undefined'],
])('a candidate that meets %s has failed, and says why', (error, reason) => {
  const folds: Folds = () => {
    throw error;
  };
  const candidate = { model: estimatorNames[0] as string, params: {} };
  expect(evaluate(candidate, folds, { seed: 1 })).toEqual({ entry: { status: 'failed', ...candidate, reason }, error });
});

test('a reason has an end', () => {
  expect(failed({ model: 'knn', params: {} }, new DataError('x'.repeat(9999))).reason).toHaveLength(500);
});
