import { describe, expect, test } from 'vitest';
import { DataError, ParamError } from '../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed, paramsOf } from '../../../../ml/estimators/index.ts';
import { params } from '../../../../ml/estimators/xgboost/params.ts';

const xgboost = estimatorNamed('xgboost', 'regression');

/** Counts that grow with the first column, and are 0 now and then. */
function counts(rows: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(rows);
  const x: Matrix = { rows, columns: 2, data: Float64Array.from({ length: rows * 2 }, () => random.below(50) / 10) };
  const y = Float64Array.from({ length: rows }, (_, i) => Math.floor(3 * random.uniform() * (x.data[2 * i] as number)));
  return { x, y };
}

const given = (objective: string) => ({
  objective,
  n_estimators: 30,
  ...(objective === 'reg:quantileerror' && { quantile_alpha: 0.8 }),
});

describe.each(params.objective.choices)('%s', (objective) => {
  const { x, y: drawn } = counts(300);
  const y = drawn.map((value) => value + (objective === 'reg:gamma' ? 1 : 0));
  const values = paramsOf('xgboost', 'regression', given(objective));

  test('is lessened by its trees', () => {
    const state = xgboost.fit({ x, y, params: values, seed: 1 });
    const early = xgboost.fit({ x, y, params: { ...values, n_estimators: 1 }, seed: 1 });
    const error = (of: typeof state) =>
      xgboost.predict(of, x).values.reduce((sum, value, i) => sum + Math.abs(value - (y[i] as number)), 0);
    expect(error(state)).toBeLessThan(0.9 * error(early));
  });

  test('a row that weighs 2 is the row twice, and one that weighs 0 is not there', () => {
    const weights = Float64Array.from(y, (_, i) => i % 3);
    const rows = [...weights.keys()].flatMap((i) => new Array<number>(weights[i] as number).fill(i));
    const repeated: Matrix = {
      rows: rows.length,
      columns: 2,
      data: Float64Array.from(rows.flatMap((i) => [...x.data.subarray(2 * i, 2 * i + 2)])),
    };
    const weighted = xgboost.predict(xgboost.fit({ x, y, weights, params: values, seed: 1 }), x).values;
    const ofRepeated = { x: repeated, y: Float64Array.from(rows, (i) => y[i] as number) };
    // Quantiles of weighted rows are one of their targets, as in the reference, and without weights lie between two:
    // where every row weighs 1 they are weighted too.
    const ones = new Float64Array(rows.length).fill(1);
    const plain = xgboost.predict(xgboost.fit({ ...ofRepeated, weights: ones, params: values, seed: 1 }), x).values;
    weighted.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i] as number, 3);
    });
  });

  test('early stopping ends it', () => {
    const stopped = xgboost.fit({ x, y, params: { ...values, n_estimators: 400, early_stopping_rounds: 5 }, seed: 1 });
    const { trees } = stopped as { trees: { roots: Int32Array } };
    expect(trees.roots.length).toBeLessThan(400);
  });
});

test('a quantile has its share of targets below it', () => {
  const { x, y } = counts(600);
  const values = paramsOf('xgboost', 'regression', {
    ...given('reg:quantileerror'),
    quantile_alpha: 0.9,
    n_estimators: 20,
  });
  const predictions = xgboost.predict(xgboost.fit({ x, y, params: values, seed: 1 }), x).values;
  const below = y.filter((value, i) => value <= (predictions[i] as number)).length / y.length;
  expect(below).toBeGreaterThan(0.85);
});

test.each([
  [
    'count:poisson',
    -1,
    /the target of row 1 is -1; count:poisson is for targets of at least 0. Take another objective/,
  ],
  ['reg:tweedie', -1, /reg:tweedie is for targets of at least 0/],
  ['reg:gamma', 0, /the target of row 1 is 0; reg:gamma is for targets above 0/],
])('%s refuses a target of %d', (objective, target, message) => {
  const training = { x: counts(3).x, y: Float64Array.of(1, target, 2), seed: 1 };
  const learn = () => xgboost.fit({ ...training, params: paramsOf('xgboost', 'regression', { objective }) });
  expect(learn).toThrow(DataError);
  expect(learn).toThrow(message);
});

test('counts that are all 0 are refused', () => {
  const training = { x: counts(3).x, y: new Float64Array(3), seed: 1 };
  expect(() =>
    xgboost.fit({ ...training, params: paramsOf('xgboost', 'regression', { objective: 'count:poisson' }) }),
  ).toThrow(/every target is 0/);
});

test('parameters that do not go with the objective are refused', () => {
  expect(() => paramsOf('xgboost', 'regression', { objective: 'reg:quantileerror' })).toThrow(ParamError);
  expect(() => paramsOf('xgboost', 'regression', { objective: 'reg:quantileerror' })).toThrow(/needs quantile_alpha/);
  expect(() => paramsOf('xgboost', 'regression', { objective: 'reg:gamma', base_score: 0 })).toThrow(
    /base_score must be above 0/,
  );
  expect(() => paramsOf('xgboost', 'regression', { base_score: -3 })).not.toThrow();
});

test('weights that float32 cannot hold are refused', () => {
  const learn = (weights: Float64Array) =>
    xgboost.fit({ ...counts(3), weights, params: paramsOf('xgboost', 'regression'), seed: 1 });
  expect(() => learn(Float64Array.of(1, 1e200, 1))).toThrow(
    /^the weight of row 1 is 1e\+200; XGBoost computes in float32/,
  );
  expect(() => learn(new Float64Array(3).fill(1e-200))).toThrow(/^every weight is below 1e-45/);
});
