import { expect, test } from 'vitest';
import { ParamError } from '../../../ml/core/errors.ts';
import { estimatorNamesOf } from '../../../ml/estimators/index.ts';
import { candidateSeed, candidatesOf } from '../../../ml/selection/candidate.ts';

test('candidates come in the order of the registry, with all of their parameters', () => {
  const candidates = candidatesOf('regression', ['knn', 'mean', 'linear'], {
    knn: { n_neighbors: 3 },
    ridge: { alpha: 2 },
  });
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
    expect(() => candidatesOf('regression', [model], { [model]: params })).toThrow(ParamError);
    expect(() => candidatesOf('regression', [model], { [model]: params })).toThrow(message);
  }
});

test('a seed derives from the model and the seed of the training', () => {
  const seeds = estimatorNamesOf('regression').flatMap((model) => [1, 2, -3].map((seed) => candidateSeed(seed, model)));
  expect(new Set(seeds).size).toBe(seeds.length);
  for (const seed of seeds) {
    expect(Number.isInteger(seed)).toBe(true);
    expect(seed).toBeGreaterThanOrEqual(0);
    expect(seed).toBeLessThan(2 ** 31);
  }
});
