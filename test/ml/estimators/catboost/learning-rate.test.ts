import { expect, test } from 'vitest';
import { defaultsFor } from '../../../../ml/estimators/catboost/loss-defaults.ts';
import { automaticLearningRate } from '../../../../ml/estimators/catboost/options.ts';

// What catboost 1.2.10 gave as get_all_params()['learning_rate'], without an eval_set and with one.
test.each([
  [2, 5, 0.5, 0.4861670136451721],
  [10, 5, 0.5, 0.5],
  [99, 5, 0.5, 0.5],
  [200, 5, 0.5, 0.5],
  [800, 5, 0.5, 0.5],
  [2000, 5, 0.5, 0.5],
  [9000, 5, 0.5, 0.5],
  [50000, 5, 0.5, 0.5],
])('the reference’s: %i rows, %i iterations', (rows, iterations, without, withBestModel) => {
  expect(automaticLearningRate(defaultsFor(undefined), rows, iterations, false)).toBe(without);
  expect(automaticLearningRate(defaultsFor(undefined), rows, iterations, true)).toBe(withBestModel);
});
