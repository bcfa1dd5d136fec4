import { describe, expect, test } from 'vitest';
import { copyRows } from '../../ml/core/matrix.ts';
import { createRandom } from '../../ml/core/random.ts';
import type { LabelledRows } from '../../ml/estimators/estimator.ts';
import { type ParamValues, resolveParams } from '../../ml/estimators/params.ts';
import { makeData } from './data.ts';
import { type Exception, isExcused, learners } from './learners.ts';

/** What every estimator promises of weights; an estimator that cannot keep one is listed here with its reason. */
const exceptions: Readonly<Record<string, readonly Exception[]>> = {
  adaboost: [
    {
      check: 'repeated rows',
      reason: 'each tree draws as many rows as there are, and repeated there are more',
      tasks: ['regression'],
    },
  ],
  knn: [{ check: 'scale', reason: 'k neighbours are rows whose weights come to k' }],
  xgboost: [{ check: 'scale', reason: 'min_child_weight and reg_lambda are sums of weights, as in XGBoost' }],
  ridge: [{ check: 'scale', reason: 'its penalty is weighed against the sum of squared errors, as in scikit-learn' }],
  logistic: [{ check: 'scale', reason: 'its penalty is weighed against the sum of losses, as in scikit-learn' }],
  kernel_ridge: [{ check: 'scale', reason: 'as of ridge' }],
  kernel_logistic: [{ check: 'scale', reason: 'as of logistic' }],
};

/**
 * Parameters with which nothing but the rows decides: no draws, and no nodes of so few rows that several columns part
 * them alike, of which rounding takes one. @default those of the estimator
 */
const settings: Readonly<Record<string, readonly ParamValues[]>> = {
  ridge: [{}, { fit_intercept: false }],
  lasso: [{}, { alpha: 0.01 }],
  elastic_net: [{}, { alpha: 0.01, l1_ratio: 0, positive: true }],
  logistic: [{}, { C: 'inf' }, { l1_ratio: 0.5, class_weight: 'balanced' }, { fit_intercept: false }],
  knn: [{}, { weights: 'distance', p: 1 }],
  kernel_ridge: [{}, { kernel: 'laplacian', alpha: 0.01, length_scale: 3, fit_intercept: false }],
  kernel_logistic: [{}, { kernel: 'laplacian', C: 10, class_weight: 'balanced' }],
  decision_tree: ['squared_error', 'absolute_error', 'poisson'].map((criterion) => ({ criterion, max_depth: 3 })),
  random_forest: [{ bootstrap: false, max_depth: 3, n_estimators: 5 }],
  extra_trees: [{ max_depth: 3, n_estimators: 5 }],
  gradient_boosting: [{ max_depth: 2, n_estimators: 30 }],
  // As in the reference l2_leaf_reg is in means of the rows' weights, and rows count alike where the learning rate is chosen,
  // numbers are binned, and categories are described.
  catboost: [
    {
      ...{ bootstrap_type: 'No', random_strength: 0, has_time: true, l2_leaf_reg: 0 },
      ...{ learning_rate: 0.3, depth: 3, iterations: 30 },
    },
  ],
};

/** Those of classifiers, where they differ. */
const classSettings: typeof settings = {
  decision_tree: ['gini', 'entropy'].map((criterion) => ({ criterion, max_depth: 3 })),
  // In the first rounds gradients have few values, and so many splits are equally good.
  gradient_boosting: [{ max_depth: 1, n_estimators: 30 }],
  adaboost: [{ n_estimators: 10 }],
};

/** Predictions are the same up to such a share of them, where rounding may differ. */
const roundings: Readonly<Record<string, number>> = {
  // Weights are float32.
  catboost: 1e-6,
};

/** Those of classifiers, where they differ. */
const classRoundings: typeof roundings = {
  // Gradients are float32, each times its weight.
  xgboost: 1e-5,
};

const weighted = learners.filter(({ estimator }) => estimator.weighted);
const unweighted = learners.filter(({ estimator }) => !estimator.weighted);

const cases = weighted.flatMap((learner) => {
  const { name, task } = learner;
  const all = (task === 'regression' ? undefined : classSettings[name]) ?? settings[name] ?? [{}];
  return all.map((given) => ({ ...learner, given }));
});

describe.each(cases)('$name, $task, $given', (learner) => {
  const { name, task, classes, given, estimator } = learner;
  const excused = (check: string) => isExcused(exceptions, learner, check);
  const params = resolveParams(name, estimator.params, given);
  const { x, y } = makeData(120, 1, classes);
  const { x: unseen } = makeData(100, 2, classes);
  const random = createRandom(3);
  const whole = Float64Array.from(y, () => random.below(4));
  const fractional = Float64Array.from(y, () => random.uniform());

  const learn = (rows: LabelledRows & { readonly validation?: LabelledRows | undefined }) =>
    estimator.fit({ ...rows, classes, params, seed: 42 });
  const fitPredict = (rows: LabelledRows) => estimator.predict(learn(rows), unseen).values;

  function expectNear(actual: Float64Array, expected: Float64Array): void {
    const rounding = (task === 'regression' ? undefined : classRoundings[name]) ?? roundings[name] ?? 1e-9;
    const far = actual.map(
      (value, i) => Math.abs(value - (expected[i] as number)) / (Math.abs(expected[i] as number) || 1),
    );
    expect(Math.max(...far)).toBeLessThan(rounding);
  }

  test('weights of 1 are as none', () => {
    expect(fitPredict({ x, y, weights: new Float64Array(x.rows).fill(1) })).toEqual(fitPredict({ x, y }));
  });

  test.skipIf(excused('repeated rows'))('a row of weight w is as the row w times, and of weight 0 as none', () => {
    const rows = Uint32Array.from([...whole].flatMap((weight, row) => new Array<number>(weight).fill(row)));
    const repeated = { x: copyRows(x, rows), y: Float64Array.from(rows, (row) => y[row] as number) };
    expectNear(fitPredict({ x, y, weights: whole }), fitPredict(repeated));
    expect(fitPredict({ x, y })).not.toEqual(fitPredict(repeated));
  });

  test('a row of weight 0 may say anything', () => {
    const weights = whole.with(0, 0);
    const other = { ...x, data: x.data.with(0, 1e5).with(1, -1e5) };
    const target = classes === undefined ? 1e6 : ((y[0] as number) + 1) % classes;
    expectNear(fitPredict({ x: other, y: y.with(0, target), weights }), fitPredict({ x, y, weights }));
  });

  test.skipIf(excused('scale'))('weights in any unit give the same', () => {
    const expected = fitPredict({ x, y, weights: fractional });
    for (const unit of [2, 3, 1e-200, 1e200])
      expectNear(fitPredict({ x, y, weights: fractional.map((weight) => weight * unit) }), expected);
  });

  test('weights are not changed, nor kept by reference', () => {
    const weights = fractional.slice();
    const state = learn({ x, y, weights });
    expect(weights).toEqual(fractional);
    const predictions = estimator.predict(state, unseen).values;
    weights.fill(1);
    expect(estimator.predict(state, unseen).values).toEqual(predictions);
  });

  test('weights that count for nothing, or are none, are refused', () => {
    const learnWith = (weights: Float64Array, validation?: LabelledRows) => learn({ x, y, weights, validation });
    for (const bad of [-1, Number.NaN, Infinity, -Infinity])
      expect(() => learnWith(fractional.with(3, bad))).toThrow(
        `the weight of row 3 is ${bad}; it must be finite and at least 0`,
      );
    expect(() => learnWith(fractional.slice(1))).toThrow('there are 119 weights for 120 rows');
    expect(() => learnWith(new Float64Array(120))).toThrow(
      'every row to learn from has the weight 0: none of them counts',
    );
    expect(() => learnWith(fractional, { x, y, weights: new Float64Array(120) })).toThrow(
      'every row to validate with has the weight 0: none of them counts',
    );
  });
});

describe.each(unweighted)('$name, $task', ({ name, classes, estimator }) => {
  test('it refuses weights', () => {
    const { x, y } = makeData(20, 1, classes);
    const rows = { x, y, weights: new Float64Array(20).fill(1), classes };
    expect(() => estimator.fit({ ...rows, params: resolveParams(name, estimator.params), seed: 42 })).toThrow(
      'it takes no weights of rows: train other models, or declare no weight',
    );
  });
});

test('those that take no weights are the packages that have none', () => {
  expect(unweighted.map(({ name }) => name)).toEqual(['ml_random_forest', 'ml_regression']);
});
