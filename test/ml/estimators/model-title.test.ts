import { expect, test } from 'vitest';
import type { FittedModel, Member } from '../../../ml/estimators/model.ts';
import { modelTitle } from '../../../ml/estimators/model-title.ts';

const member = (estimator: string, weight = 1, parts = 1): Member => {
  const part: FittedModel = {
    estimator,
    task: 'regression',
    params: {},
    features: [],
    preprocessor: { recipes: [], columns: [], target: null },
    state: null,
  };
  return { weight, parts: Array.from({ length: parts }, () => part) };
};
const title = (...members: Member[]) => modelTitle({ intercept: 0, members });

test('a model is called by what it is made of', () => {
  expect(title(member('ridge'))).toBe('Ridge regression');
  expect(title(member('catboost', 1, 5))).toBe('CatBoost, 5 fold models averaged');
});

test('an ensemble names its members, those that count most first', () => {
  expect(title(member('ridge', 0.2), member('xgboost', 0.3), member('catboost', 0.5))).toBe(
    'Ensemble of CatBoost, XGBoost and ridge regression',
  );
  expect(title(member('knn', 0.4), member('gradient_boosting', 0.3), member('knn', 0.2), member('lasso', 0.1))).toBe(
    'Ensemble of k nearest neighbours (2), gradient boosting and lasso',
  );
});
