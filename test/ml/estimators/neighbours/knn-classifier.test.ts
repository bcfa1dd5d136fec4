import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { knnClassifier } from '../../../../ml/estimators/neighbours/knn-classifier.ts';

type Params = Parameters<typeof knnClassifier.fit>[0]['params'];

const line = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });
const x = line(0, 1, 2, 10);
const y = Float64Array.of(0, 2, 2, 1);

function predict(given: Partial<Params>, at: number, weights?: Float64Array): number[] {
  const params: Params = { n_neighbors: 2, weights: 'uniform', p: 2, ...given };
  const state = knnClassifier.fit({ x, y, weights, classes: 3, params, seed: 0 });
  return [...knnClassifier.predict(state, line(at)).values];
}

test('probabilities are shares of the nearest rows', () => {
  expect(predict({}, 0.4)).toEqual([0.5, 0, 0.5]);
  expect(predict({ n_neighbors: 3 }, 0.4)).toEqual([1 / 3, 0, 2 / 3]);
  expect(predict({ n_neighbors: 50 }, 0)).toEqual([0.25, 0.25, 0.5]);
});

test('or of the inverse of their distances; a row at distance zero decides alone', () => {
  expect(predict({ weights: 'distance' }, 0.25)).toEqual([expect.closeTo(0.75, 12), 0, expect.closeTo(0.25, 12)]);
  expect(predict({ weights: 'distance', n_neighbors: 4 }, 10)).toEqual([0, 1, 0]);
});

test('a row of weight w is w neighbours, the last of them in part', () => {
  // Of three: 2 of the row at 0, and 1 of the 4 at 1.
  expect(predict({ n_neighbors: 3 }, 0, Float64Array.of(2, 4, 1, 1))).toEqual([2 / 3, 0, 1 / 3]);
});

test('it predicts several rows', () => {
  const params: Params = { n_neighbors: 1, weights: 'uniform', p: 1 };
  const state = knnClassifier.fit({ x, y, classes: 3, params, seed: 0 });
  expect(knnClassifier.predict(state, line(0, 9))).toEqual({
    rows: 2,
    outputs: 3,
    values: Float64Array.of(1, 0, 0, 0, 1, 0),
  });
});
