import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { regressionScores } from '../../../../ml/core/regression-scores.ts';
import { gradientBoosting } from '../../../../ml/estimators/exact-trees/gradient-boosting.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

type Params = Parameters<typeof gradientBoosting.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) => resolveParams('g', gradientBoosting.params, given) as unknown as Params;

function noisy(rows: number, seed: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const x: Matrix = { rows, columns: 2, data: Float64Array.from({ length: 2 * rows }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => 5 * (x.data[2 * i] as number) + 3 * random.uniform());
  return { x, y };
}

const { x, y } = noisy(400, 1);
const boosted = (given: Partial<Params>) => gradientBoosting.fit({ x, y, params: paramsWith(given), seed: 3 });
const count = ({ trees }: ReturnType<typeof boosted>) => (trees as { roots: Int32Array }).roots.length;

test('it stops once the rows held out gain no more', () => {
  const stopped = boosted({ n_estimators: 1000, n_iter_no_change: 5, learning_rate: 0.3 });
  expect(count(stopped)).toBeGreaterThan(5);
  expect(count(stopped)).toBeLessThan(200);
  expect(count(boosted({ n_estimators: 1000, n_iter_no_change: 5, learning_rate: 0.3, tol: 100 }))).toBe(6);
});

test('the quantile loss leaves its share of the targets below', () => {
  const below = (alpha: number) => {
    const predictions = gradientBoosting.predict(boosted({ loss: 'quantile', alpha, max_depth: 2 }), x).values;
    return predictions.filter((value, i) => value >= (y[i] as number)).length / y.length;
  };
  expect(below(0.2)).toBeCloseTo(0.2, 1);
  expect(below(0.9)).toBeCloseTo(0.9, 1);
});

test('targets far off move the losses huber and absolute_error less than squares', () => {
  const spoilt = y.map((value, i) => (i % 20 === 0 ? value + 500 : value));
  const { x: unseen, y: truth } = noisy(400, 2);
  const r2 = (loss: Params['loss']) =>
    regressionScores(
      truth,
      gradientBoosting.predict(
        gradientBoosting.fit({ x, y: spoilt, params: paramsWith({ loss, min_samples_leaf: 40 }), seed: 3 }),
        unseen,
      ).values,
    ).r2;
  expect(r2('squared_error')).toBeLessThan(0);
  expect(r2('huber')).toBeGreaterThan(0.5);
  expect(r2('absolute_error')).toBeGreaterThan(0.5);
});

test('a share of the rows is drawn for each tree, by the seed', () => {
  const predict = (seed: number) =>
    gradientBoosting.predict(gradientBoosting.fit({ x, y, params: paramsWith({ subsample: 0.5 }), seed }), x).values;
  expect(predict(1)).toEqual(predict(1));
  expect(predict(1)).not.toEqual(predict(2));
});

test('targets near the largest double are learned from', () => {
  for (const loss of ['squared_error', 'absolute_error', 'huber', 'quantile'] as const) {
    const predict = (unit: number) =>
      gradientBoosting.predict(
        gradientBoosting.fit({
          x,
          y: y.map((value) => value * unit),
          params: paramsWith({ loss, n_estimators: 10 }),
          seed: 3,
        }),
        x,
      ).values;
    const plain = predict(1);
    predict(2 ** 1020).forEach((value, i) => {
      expect(value / 2 ** 1020).toBeCloseTo(plain[i] as number, 9);
    });
  }
});

test('a learning rate that makes predictions overflow is refused, with the remedy', () => {
  expect(() => boosted({ learning_rate: 100, n_estimators: 1000 })).toThrow(/diverges.*smaller learning_rate/);
});

test('shares of rows are of those that are learned from, not of those held out', () => {
  // 100 of 400 rows are held out; 0.49 of the other 300 leave room for two leaves, of all 400 for none.
  const state = boosted({
    n_estimators: 1,
    n_iter_no_change: 1,
    validation_fraction: 0.25,
    min_samples_leaf: 0.49,
    max_depth: null,
  });
  const { feature } = state.trees as { feature: Int32Array };
  expect(feature.filter((column) => column < 0)).toHaveLength(2);
});
