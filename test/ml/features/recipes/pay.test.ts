import { describe, expect, test } from 'vitest';
import { regressionScores } from '../../../../ml/core/regression-scores.ts';
import { estimatorNamed, paramsOf } from '../../../../ml/estimators/index.ts';
import { fitFeatures, transform } from '../../../../ml/features/preprocess.ts';
import { truths } from '../generated.ts';

const few = { random_forest: { n_estimators: 25 }, xgboost: { n_estimators: 60 } };

/** The R² on other rows of a model that learns from 1,000 rows. */
function score(truth: string, model: keyof typeof few | 'linear' | 'knn', recipes: readonly string[]): number {
  const make = truths[truth] as (typeof truths)[string];
  const { declaration, table } = make(1_000, 1);
  const test = make(2_000, 2).table;
  const estimator = estimatorNamed(model, 'regression');
  const features = recipes.map((recipe) => ({ recipe }));
  const { encoding } = estimator;
  const { preprocessor, ...rows } = fitFeatures({ declaration, table, encoding, features, seed: 1 });
  const params = paramsOf(model, 'regression', model in few ? few[model as keyof typeof few] : {});
  const predicted = estimator.predict(estimator.fit({ ...rows, params, seed: 1 }), transform(preprocessor, test));
  return regressionScores(test.columns.get('y') as Float64Array, predicted.values).r2;
}

describe.each([
  ['a ratio', 'pairs', { linear: 0.2, knn: 0.1, random_forest: 0.01, xgboost: 0.005 }],
  ['a product', 'pairs', { linear: 0.05, knn: 0.005, xgboost: 0.001 }],
  ['a distance from a group mean', 'group_aggregates', { knn: 0.5, random_forest: 0.1, xgboost: 0.1 }],
  ['a mean of many levels', 'target_encoding', { knn: 0.2, random_forest: 0.2, xgboost: 0.1 }],
  ['a mean of neighbouring levels', 'level_order', { knn: 0.2, random_forest: 0.2, xgboost: 0.1 }],
  [
    'a mean of a category and a number of few values',
    'target_encoding',
    { linear: 0.4, knn: 0.1, random_forest: 0.05 },
  ],
  ['a mean of two categories together', 'target_encoding', { linear: 0.4, knn: 0.1, random_forest: 0.3, xgboost: 0.1 }],
] as const)('where the truth is %s', (truth, recipe, gains) => {
  const models = Object.keys(gains) as (keyof typeof gains)[];
  test.each(models)(`${recipe} make %s better`, (model) => {
    expect(score(truth, model, [recipe]) - score(truth, model, [])).toBeGreaterThan(gains[model]);
  });
});

test('where the truth is a sum, nothing is made of pairs and groups', () => {
  const make = truths['a sum'] as (typeof truths)[string];
  for (const seed of [1, 2, 3, 4, 5]) {
    const { preprocessor } = fitFeatures({
      ...make(600, seed),
      encoding: estimatorNamed('linear', 'regression').encoding,
      features: [{ recipe: 'pairs' }, { recipe: 'group_aggregates' }, { recipe: 'log_columns' }],
      seed: 1,
    });
    expect(preprocessor.recipes).toEqual([]);
  }
});
