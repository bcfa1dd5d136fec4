import { expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { fromJson, toJson } from '../../../../ml/core/plain-data.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed } from '../../../../ml/estimators/index.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

const catboost = estimatorNamed('catboost', 'regression');
const params = (given: Record<string, unknown> = {}) =>
  resolveParams('catboost', catboost.params, { iterations: 200, ...given });

/** A category of 30 levels that decides the target, one of 4 and one of 2 that do not, and a number; some are missing. */
const random = createRandom(7);
const levels = [30, 4, 2, 0];
const effect = Float64Array.from({ length: 31 }, () => 10 * random.uniform());
const x: Matrix = {
  rows: 1000,
  columns: 4,
  levels,
  data: Float64Array.from({ length: 4000 }, (_, at) => {
    if (random.below(20) === 0) return Number.NaN;
    return at % 4 === 3 ? random.uniform() : random.below(levels[at % 4] as number);
  }),
};
const codeOf = (row: number) => (Number.isNaN(x.data[4 * row]) ? 30 : (x.data[4 * row] as number));
const y = Float64Array.from({ length: x.rows }, (_, i) => (effect[codeOf(i)] as number) + 0.1 * random.uniform());
const record = (...values: number[]): Matrix => ({ rows: 1, columns: 4, levels, data: Float64Array.from(values) });
const predictOne = (state: ReturnType<typeof catboost.fit>, ...values: number[]) =>
  catboost.predict(state, record(...values)).values[0] as number;

test('a category is learned, and a missing one is a level of its own', () => {
  const state = catboost.fit({ x, y, params: params(), seed: 1 });
  const error = (code: number) =>
    Math.abs(predictOne(state, code === 30 ? Number.NaN : code, 1, 1, 0.5) - (effect[code] as number));
  const errors = Array.from({ length: 31 }, (_, code) => error(code));
  expect(errors.reduce((sum, value) => sum + value, 0) / 31).toBeLessThan(1);
});

test('a level that training has not seen is predicted as one without rows', () => {
  const rare = { ...x, data: x.data.map((value, at) => (at % 4 === 0 && (value === 7 || value === 9) ? 8 : value)) };
  const state = catboost.fit({ x: rare, y, params: params(), seed: 1 });
  expect(predictOne(state, 7, 1, 1, 0.5)).toBe(predictOne(state, 9, 1, 1, 0.5));
});

test.each([
  { boosting_type: 'Ordered', iterations: 30 },
  { bootstrap_type: 'Bayesian' },
  { bootstrap_type: 'Bernoulli' },
  { rsm: 0.5 },
  { max_ctr_complexity: 1 },
  { one_hot_max_size: 40 },
  { eval_fraction: 0.2, od_wait: 5 },
  { depth: 9, iterations: 30 },
])('%j: it learns, the same each time, and comes back from a release', (given) => {
  const state = catboost.fit({ x, y, params: params(given), seed: 3 });
  expect(toJson(catboost.fit({ x, y, params: params(given), seed: 3 }))).toBe(toJson(state));
  const predictions = catboost.predict(state, x).values;
  expect(catboost.predict(fromJson(toJson(state)), x).values).toEqual(predictions);
  const residual = predictions.reduce((sum, value, i) => sum + (value - (y[i] as number)) ** 2, 0) / x.rows;
  expect(residual).toBeLessThan(2);
});

test('with rows held out, trees past the best are cut off', () => {
  const treesOf = (given: Record<string, unknown>) =>
    (catboost.fit({ x, y, params: params(given), seed: 1 }) as unknown as { trees: { depths: Uint8Array } }).trees
      .depths.length;
  const waiting = { eval_fraction: 0.3, od_wait: 10, learning_rate: 0.5 };
  const stopped = treesOf({ ...waiting, use_best_model: false });
  expect(stopped).toBeLessThan(200);
  expect(treesOf(waiting)).toBe(stopped - 10);
});

test.each([
  ['beyond float32', [1, 2, 3, 3.5e38], /ends at ±3.4e38; a target is 3.5e\+38/],
  ['beyond float32 below', [-1e300, 2, 3, 4], /a target is -1e\+300/],
  ['closer than float32 tells apart', [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], /all targets are 1000000000/],
  ['below float32', [1e-50, 2e-50, 3e-50, 4e-50], /all targets are 0/],
])('targets %s are refused', (_, targets, message) => {
  const few: Matrix = { rows: 4, columns: 1, data: Float64Array.of(0, 1, 2, 3) };
  for (const boosting_type of ['Plain', 'Ordered']) {
    const fit = () =>
      catboost.fit({ x: few, y: Float64Array.from(targets), params: params({ boosting_type }), seed: 1 });
    expect(fit).toThrow(DataError);
    expect(fit).toThrow(message);
  }
  // Those that are held out are no exception.
  const held = () =>
    catboost.fit({
      x: few,
      y: Float64Array.of(1, 2, 3, 1e39),
      params: params({ eval_fraction: 0.5, has_time: true }),
      seed: 1,
    });
  expect(held).toThrow(DataError);
});

test('targets that are all alike are predicted as they are, whatever float32 holds', () => {
  const few: Matrix = { rows: 3, columns: 1, data: Float64Array.of(0, 1, 2) };
  for (const target of [0.1, 1e9 + 1, 1e-60, 1e200, 0]) {
    const state = catboost.fit({ x: few, y: new Float64Array(3).fill(target), params: params(), seed: 1 });
    expect(catboost.predict(state, few).values).toEqual(new Float64Array(3).fill(target));
  }
});

test('targets at the end of float32, and numbers beyond it, are learned from and predicted in finite numbers', () => {
  const extreme: Matrix = { rows: 5, columns: 1, data: Float64Array.of(-1e300, -1, 0, 1, 1e300) };
  const targets = Float64Array.of(-3.4e38, 1, 2, 3, 3.4e38);
  for (const boosting_type of ['Plain', 'Ordered']) {
    const state = catboost.fit({
      x: extreme,
      y: targets,
      params: params({ boosting_type, learning_rate: 1, l2_leaf_reg: 0 }),
      seed: 1,
    });
    for (const prediction of catboost.predict(state, extreme).values) expect(prediction).toBeTypeOf('number');
    expect(catboost.predict(state, extreme).values.every(Number.isFinite)).toBe(true);
    const { trees } = state as unknown as { trees: { borders: Float32Array; values: Float64Array } };
    expect([...trees.borders, ...trees.values].every(Number.isFinite)).toBe(true);
  }
});

test('to wait without rows held out is refused', () => {
  expect(() => catboost.fit({ x, y, params: params({ od_wait: 10 }), seed: 1 })).toThrow(/eval_fraction/);
});

test('the best of the trees is not looked for without rows held out, nor is a tree grown for no rows', () => {
  const few: Matrix = { rows: 4, columns: 1, data: Float64Array.of(0, 1, 2, 3) };
  const fitFew = (given: Record<string, unknown>) => () =>
    catboost.fit({ x: few, y: Float64Array.of(1, 2, 3, 4), params: params(given), seed: 1 });
  expect(fitFew({ use_best_model: true })).toThrow(/use_best_model needs rows that are held out/);
  expect(fitFew({ use_best_model: true, eval_fraction: 0.2 })).toThrow(/of 4 eval_fraction 0.2 holds out none/);
  expect(fitFew({ eval_fraction: 0.2 })).not.toThrow();
  for (const boosting_type of ['Plain', 'Ordered'])
    expect(fitFew({ boosting_type, bootstrap_type: 'Bernoulli', subsample: 1e-6 })).toThrow(
      /subsample leaves tree 1 none of 4 rows/,
    );
});

test.each([
  ['numbers', []],
  // Their statistics take memory that grows while threads work in it.
  ['categories too', [40, 7]],
])('two threads give the same bytes as one: %s', (_, categories) => {
  const columns = 20;
  const levels = Array.from({ length: columns }, (_, column) => categories[column] ?? 0);
  const wide: Matrix = {
    rows: 25_000,
    columns,
    levels,
    data: Float64Array.from({ length: 25_000 * columns }, (_, at) =>
      at % columns < categories.length ? random.below(categories[at % columns] as number) : random.uniform(),
    ),
  };
  const target = Float64Array.from({ length: wide.rows }, (_, i) => {
    const [first, , third] = wide.data.subarray(columns * i) as Float64Array & [number, number, number];
    return first ** 2 + third;
  });
  const fitted = (threads: number) =>
    toJson(
      catboost.fit({ x: wide, y: target, params: params({ iterations: 40, max_ctr_complexity: 3 }), seed: 1, threads }),
    );
  expect(fitted(2)).toBe(fitted(1));
});
