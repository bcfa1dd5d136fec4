import { describe, expect, test } from 'vitest';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { columnOf } from '../../../ml/data/table.ts';
import { withoutBias } from '../../../ml/estimators/bias-factors.ts';
import type { LabelledRows } from '../../../ml/estimators/estimator.ts';
import { estimatorNamed, paramsOf } from '../../../ml/estimators/index.ts';
import { asTargets, LOG_TARGET } from '../../../ml/features/log-target.ts';
import { fitFeatures, innerFolds, transform } from '../../../ml/features/preprocess.ts';
import { generate } from '../features/generated.ts';

/** A target that effects multiply, with noise of 0.6 in its logarithm: its mean is a fifth above the exponential of that. */
const multiplied = (rows: number, seed: number) =>
  generate(rows, seed, 6, (random) => {
    const [a, b] = [random.normal(), random.normal()];
    const kind = random.below(6);
    const y = Math.exp(3 + 0.5 * a - 0.3 * b + 0.1 * kind + 0.6 * random.normal());
    return { numbers: { a, b }, categories: { kind }, y };
  });
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe.each([
  ['linear', {}],
  ['random_forest', { n_estimators: 30 }],
  ['gradient_boosting', { n_estimators: 60 }],
  ['xgboost', { n_estimators: 100, max_depth: 8 }],
  ['knn', { n_neighbors: 3 }],
] as const)('%s with the logarithm of a skewed target', (model, given) => {
  const { declaration, table } = multiplied(1_500, 1);
  const others = multiplied(20_000, 2).table;
  const estimator = estimatorNamed(model, 'regression');
  const { encoding } = estimator;
  const features = [{ recipe: LOG_TARGET }];
  const { preprocessor, ...rows } = fitFeatures({ declaration, table, encoding, features, seed: 1 });
  const params = paramsOf(model, 'regression', given);
  const learn = (of: LabelledRows) => estimator.fit({ ...of, params, seed: 1 });
  const folds = () => innerFolds({ declaration, table }, 1);
  const { target } = preprocessor;
  const state = learn(rows);
  const x = transform(preprocessor, others);
  const truth = total(columnOf(others, 'y'));

  test('comes to as much as the truth does on other rows, where the plain exponential comes to less', () => {
    const [corrected = null] = withoutBias({ estimator, target, rows, folds, learn });
    const { values } = estimator.predict(state, x);
    const plain = total(asTargets(target, values));
    expect(total(asTargets(corrected, values)) / truth).toBeGreaterThan(0.95);
    expect(total(asTargets(corrected, values)) / truth).toBeLessThan(1.05);
    expect(plain / truth).toBeLessThan(0.95);
  });

  test('does so after fewer rounds, with a factor of their own', () => {
    const { staged } = estimator;
    if (!staged) return;
    const rounds = [1, 10, params[staged.rounds] as number];
    const targets = withoutBias({ estimator, target, rows, folds, learn, rounds });
    const stages = staged.predict(state, x, rounds);
    stages.forEach(({ values }, stage) => {
      const ratio = total(asTargets(targets[stage] ?? null, values)) / truth;
      expect(ratio).toBeGreaterThan(0.94);
      expect(ratio).toBeLessThan(1.06);
    });
    expect(targets.at(-1)).toEqual(withoutBias({ estimator, target, rows, folds, learn })[0]);
  });
});

test('where targets are learned as they are there is no further fit, and predictions stay as they are', () => {
  const never = () => {
    throw new Error('a fit too many');
  };
  const estimator = estimatorNamed('linear', 'regression');
  const rows = { x: { rows: 0, columns: 0, data: new Float64Array(0) }, y: new Float64Array(0) };
  expect(withoutBias({ estimator, target: null, rows, folds: never, learn: never })).toEqual([null]);
  const { values } = oneOutput(Float64Array.of(1, -2));
  expect(asTargets(null, values)).toBe(values);
});

test('a fold that predicts a constant of half the truth gives a factor of two, by hand', () => {
  const estimator = estimatorNamed('mean', 'regression');
  const rows = { x: { rows: 4, columns: 0, data: new Float64Array(0) }, y: [1, 3, 1, 3].map(Math.log) };
  const target = { shift: 0, lowest: -10, highest: 10, factor: 1 };
  const folds = () => [{ learned: Uint32Array.of(0, 1), held: Uint32Array.of(2, 3) }];
  const learn = () => ({ mean: 0 });
  expect(withoutBias({ estimator, target, rows: { ...rows, y: Float64Array.from(rows.y) }, folds, learn })).toEqual([
    { ...target, factor: expect.closeTo(2, 12) },
  ]);
});
