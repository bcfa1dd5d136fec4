import { expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom, permutation } from '../../../../ml/core/random.ts';
import { regressionScores } from '../../../../ml/core/regression-scores.ts';
import { estimatorNamed } from '../../../../ml/estimators/index.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { xgboost } from '../../../../ml/estimators/xgboost/xgboost.ts';

type Params = Parameters<typeof xgboost.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) => resolveParams('xgboost', xgboost.params, given) as unknown as Params;

function noisy(rows: number, seed: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const x: Matrix = { rows, columns: 3, data: Float64Array.from({ length: rows * 3 }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => 5 * (x.data[i * 3] as number) + 4 * random.uniform());
  return { x, y };
}

test('early stopping keeps the trees up to the best one, and does better on other rows than all of them', () => {
  const { x, y } = noisy(400, 1);
  const { x: unseen, y: truth } = noisy(400, 2);
  const all = xgboost.fit({ x, y, params: paramsWith({ n_estimators: 300 }), seed: 7 });
  const stopped = xgboost.fit({ x, y, params: paramsWith({ n_estimators: 300, early_stopping_rounds: 10 }), seed: 7 });
  expect(all.trees).toMatchObject({ roots: { length: 300 } });
  const { roots } = stopped.trees as { roots: Int32Array };
  expect(roots.length).toBeGreaterThan(0);
  expect(roots.length).toBeLessThan(100);
  const r2 = (state: typeof all) => regressionScores(truth, xgboost.predict(state, unseen).values).r2;
  expect(r2(stopped)).toBeGreaterThan(r2(all));
});

test('where too few rows are left to hold one out, nothing stops early', () => {
  const { x, y } = noisy(5, 1);
  const { trees } = xgboost.fit({ x, y, params: paramsWith({ n_estimators: 20, early_stopping_rounds: 1 }), seed: 7 });
  expect(trees).toMatchObject({ roots: { length: 20 } });
});

test('rows that are drawn differ by seed', () => {
  const { x, y } = noisy(100, 1);
  const predict = (seed: number) =>
    xgboost.predict(xgboost.fit({ x, y, params: paramsWith({ subsample: 0.5 }), seed }), x).values;
  expect(predict(1)).toEqual(predict(1));
  expect(predict(1)).not.toEqual(predict(2));
});

test('a missing value goes where it does best', () => {
  const { x, y } = noisy(300, 1);
  const data = x.data.map((value, at) => (at % 3 === 1 && at % 2 === 0 ? Number.NaN : value));
  // What is missing is worth ten.
  const worth = y.map((value, i) => value + (Number.isNaN(data[i * 3 + 1]) ? 10 : 0));
  const state = xgboost.fit({ x: { ...x, data }, y: worth, params: paramsWith({ n_estimators: 50 }), seed: 7 });
  const at = (value: number) =>
    xgboost.predict(state, { rows: 1, columns: 3, data: Float64Array.of(0.5, value, 0.5) }).values[0];
  expect((at(Number.NaN) as number) - (at(0.5) as number)).toBeGreaterThan(5);
});

const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });
const learn = (x: Matrix, y: number[], given: Partial<Params>) =>
  xgboost.fit({ x, y: Float64Array.from(y), params: paramsWith(given), seed: 1 });

test('beside a large offset it rounds as XGBoost 3.2 does', () => {
  const y = [0, 12, 30, 41, 60, 88, 92, 120, 160, 171, 199, 250].map((value) => 1e8 + value);
  const state = learn(column(...y.keys()), y, { n_estimators: 40 });
  expect([...xgboost.predict(state, column(0, 3, 6, 11)).values]).toEqual([100000024, 100000048, 100000104, 100000224]);
});

test('a split of what is there from what is missing is where XGBoost has it: values far above training go with the missing', () => {
  const above = learn(column(0, Number.NaN), [0, 9], { n_estimators: 1 });
  expect([...xgboost.predict(above, column(0, 9e-6, 1e-5, 10, Number.NaN)).values]).toEqual(
    [3.825, 3.825, 5.175, 5.175, 5.175].map(Math.fround),
  );
  const negative = learn(column(-3, -2, Number.NaN), [0, 0, 9], { n_estimators: 1 });
  expect([...xgboost.predict(negative, column(-2, 0.5)).values]).toEqual([2.4, 3.9].map(Math.fround));
});

test('a root lighter than a child may be adds nothing', () => {
  const state = learn(column(0, 1, 2), [1, 2, 3], { n_estimators: 1, min_child_weight: 4, base_score: 0 });
  expect([...xgboost.predict(state, column(0, 2)).values]).toEqual([0, 0]);
});

test('what float32 cannot hold is refused; what it just can is learned', () => {
  expect(() => learn(column(0, 1), [1, 1e40], {})).toThrow(
    /^the target of row 1 is 1e\+40; XGBoost computes in float32/,
  );
  const apart = [...new Array(9).fill(3.3e38), -3.3e38];
  expect(() => learn(column(...apart.keys()), apart, {})).toThrow(/row 9 .* too far from/);
  // Gains past float32 are none, so that nothing is split, as in XGBoost.
  const state = learn(column(0, 1), [1e38, 3e38], {});
  expect([...xgboost.predict(state, column(0, 1)).values]).toEqual([2e38, 2e38].map(Math.fround));
});

test('rows held out for early stopping have no part in where columns are cut', () => {
  const { x, y } = noisy(400, 3);
  const given = { n_estimators: 1, early_stopping_rounds: 1, max_bin: 4 };
  const held = permutation(400, createRandom(7)).subarray(0, 40);
  const moved = { ...x, data: x.data.slice() };
  for (const row of held) moved.data.fill(1e6, row * 3, row * 3 + 3);
  expect(xgboost.fit({ x: moved, y, params: paramsWith(given), seed: 7 })).toEqual(
    xgboost.fit({ x, y, params: paramsWith(given), seed: 7 }),
  );
});

test.each(['xgboost', 'decision_tree', 'random_forest', 'gradient_boosting', 'adaboost'])(
  'a column beyond float32 is refused by its name: %s',
  (name) => {
    const { fit: learns, params } = estimatorNamed(name, 'regression');
    const values = resolveParams(name, params, {});
    const largest = (2 - 2 ** -23) * 2 ** 127;
    const x = (value: number): Matrix => ({
      rows: 2,
      columns: 2,
      data: Float64Array.of(0, 1, 2, value),
      names: ['a', 'b'],
    });
    const y = Float64Array.of(1, 2);
    expect(() => learns({ x: x(-1e39), y, params: values, seed: 1 })).toThrow(
      /^b is -1e\+39 in row 1; trees compare numbers up to 3.4e38/,
    );
    expect(() => learns({ x: x(2 * largest), y, params: values, seed: 1 })).toThrow(DataError);
    // It rounds to the largest float32.
    expect(() => learns({ x: x(largest * (1 + 2 ** -26)), y, params: values, seed: 1 })).not.toThrow();
  },
);
