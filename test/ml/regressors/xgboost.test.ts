import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/matrix.ts';
import { score } from '../../../ml/metrics.ts';
import { createRandom } from '../../../ml/random.ts';
import { resolveParams } from '../../../ml/regressors/params.ts';
import { xgboost } from '../../../ml/regressors/xgboost.ts';

type Params = Parameters<typeof xgboost.fit>[2];
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
  const all = xgboost.fit(x, y, paramsWith({ n_estimators: 300 }), 7);
  const stopped = xgboost.fit(x, y, paramsWith({ n_estimators: 300, early_stopping_rounds: 10 }), 7);
  expect(all.trees).toMatchObject({ roots: { length: 300 } });
  const { roots } = stopped.trees as { roots: Int32Array };
  expect(roots.length).toBeGreaterThan(0);
  expect(roots.length).toBeLessThan(100);
  const r2 = (state: typeof all) => score(truth, xgboost.predict(state, unseen)).r2;
  expect(r2(stopped)).toBeGreaterThan(r2(all));
});

test('where too few rows are left to hold one out, nothing stops early', () => {
  const { x, y } = noisy(5, 1);
  const { trees } = xgboost.fit(x, y, paramsWith({ n_estimators: 20, early_stopping_rounds: 1 }), 7);
  expect(trees).toMatchObject({ roots: { length: 20 } });
});

test('rows that are drawn differ by seed', () => {
  const { x, y } = noisy(100, 1);
  const predict = (seed: number) => xgboost.predict(xgboost.fit(x, y, paramsWith({ subsample: 0.5 }), seed), x);
  expect(predict(1)).toEqual(predict(1));
  expect(predict(1)).not.toEqual(predict(2));
});

test('a missing value goes where it does best', () => {
  const { x, y } = noisy(300, 1);
  const data = x.data.map((value, at) => (at % 3 === 1 && at % 2 === 0 ? Number.NaN : value));
  // What is missing is worth ten.
  const worth = y.map((value, i) => value + (Number.isNaN(data[i * 3 + 1]) ? 10 : 0));
  const state = xgboost.fit({ ...x, data }, worth, paramsWith({ n_estimators: 50 }), 7);
  const at = (value: number) =>
    xgboost.predict(state, { rows: 1, columns: 3, data: Float64Array.of(0.5, value, 0.5) })[0];
  expect((at(Number.NaN) as number) - (at(0.5) as number)).toBeGreaterThan(5);
});
