import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { knn } from '../../../../ml/estimators/neighbours/knn.ts';

const line = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });
const y = Float64Array.of(10, 20, 30, 40);
const predict = (params: Parameters<typeof knn.fit>[0]['params'], at: number) =>
  knn.predict(knn.fit({ x: line(0, 1, 2, 10), y, params, seed: 0 }), line(at)).values[0];

test('the nearest rows vote alike', () => {
  expect(predict({ n_neighbors: 2, weights: 'uniform', p: 2 }, 0.4)).toBe(15);
});

test('or by the inverse of their distance; a row at distance zero decides alone', () => {
  expect(predict({ n_neighbors: 2, weights: 'distance', p: 2 }, 0.25)).toBeCloseTo(
    (10 / 0.25 + 20 / 0.75) / (1 / 0.25 + 1 / 0.75),
    12,
  );
  expect(predict({ n_neighbors: 3, weights: 'distance', p: 1 }, 1)).toBe(20);
});

test('where there are fewer rows than neighbours, all vote', () => {
  expect(predict({ n_neighbors: 50, weights: 'uniform', p: 2 }, 0)).toBe(25);
});

test('of rows at the same distance the earlier one is nearer', () => {
  expect(predict({ n_neighbors: 1, weights: 'uniform', p: 2 }, 1.5)).toBe(20);
});

test('p = 1 sums the differences, p = 2 their squares', () => {
  const x: Matrix = { rows: 2, columns: 2, data: Float64Array.of(3, 3, 5, 0) };
  const state = (p: number) =>
    knn.fit({ x, y: Float64Array.of(1, 2), params: { n_neighbors: 1, weights: 'uniform', p }, seed: 0 });
  const origin: Matrix = { rows: 1, columns: 2, data: Float64Array.of(0, 0) };
  expect(knn.predict(state(2), origin).values[0]).toBe(1);
  expect(knn.predict(state(1), origin).values[0]).toBe(2);
});

test('it agrees with sorting all rows by distance', () => {
  const point = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 40 }),
      point,
      fc.integer({ min: 1, max: 12 }),
      (points, at, k) => {
        const x: Matrix = { rows: points.length, columns: 2, data: Float64Array.from(points.flat()) };
        const targets = Float64Array.from(points, (_, i) => 2 ** (i % 30));
        const squared = ([a, b]: [number, number]) => (a - at[0]) ** 2 + (b - at[1]) ** 2;
        const nearest = points
          .map((point, i) => ({ i, distance: squared(point) }))
          .sort((a, b) => a.distance - b.distance || a.i - b.i);
        const chosen = nearest.slice(0, k);
        const expected = chosen.reduce((sum, { i }) => sum + (targets[i] as number), 0) / chosen.length;
        const state = knn.fit({ x, y: targets, params: { n_neighbors: k, weights: 'uniform', p: 2 }, seed: 0 });
        expect(knn.predict(state, { rows: 1, columns: 2, data: Float64Array.from(at) }).values[0]).toBeCloseTo(
          expected,
          6,
        );
      },
    ),
  );
});

test.each([
  [1, 'uniform'],
  [2, 'uniform'],
  [1, 'distance'],
  [2, 'distance'],
] as const)('distances past the largest double still have an order: p %i, %s', (p, weights) => {
  const far: Matrix = { rows: 3, columns: 2, data: Float64Array.of(1e200, 0, -1.5e308, 1, 1.5e308, 2) };
  const state = knn.fit({ x: far, y: Float64Array.of(10, 20, 30), params: { n_neighbors: 1, weights, p }, seed: 0 });
  const at = (...values: number[]) =>
    knn.predict(state, { rows: 1, columns: 2, data: Float64Array.from(values) }).values[0];
  expect(at(1e300, 0)).toBe(10);
  expect(at(-1.7e308, 0)).toBe(20);
  expect(at(1.6e308, 5)).toBe(30);
  const both = knn.fit({
    x: far,
    y: Float64Array.of(10, 20, 30),
    params: { n_neighbors: 2, weights: 'distance', p },
    seed: 0,
  });
  // Half as far as the other one, and so worth twice as much.
  expect(knn.predict(both, { rows: 1, columns: 2, data: Float64Array.of(0.5e308, 0) }).values[0]).toBeCloseTo(
    (10 * 2 + 30) / 3,
    6,
  );
});

test('targets near the largest double have a mean', () => {
  const x: Matrix = { rows: 3, columns: 1, data: Float64Array.of(1, 2, 3) };
  for (const weights of ['uniform', 'distance'] as const) {
    const state = knn.fit({
      x,
      y: new Float64Array(3).fill(1.7e308),
      params: { n_neighbors: 3, weights, p: 2 },
      seed: 0,
    });
    expect(
      (knn.predict(state, { ...x, rows: 1, data: Float64Array.of(1.5) }).values[0] as number) / 1.7e308,
    ).toBeCloseTo(1, 12);
  }
});

describe('weights of rows', () => {
  // At distances 1 to 4 from 0.
  const x = line(4, 1, 3, 2);
  const y = Float64Array.of(40, 10, 30, 20);
  type Params = Parameters<typeof knn.fit>[0]['params'];
  const predictWith = (weights: number[], given: Partial<Params>) => {
    const params: Params = { n_neighbors: 1, weights: 'uniform', p: 2, ...given };
    const state = knn.fit({ x, y, weights: Float64Array.from(weights), params, seed: 0 });
    return knn.predict(state, line(0)).values[0];
  };

  test('are neighbours at the same place, the last of them in part', () => {
    // Of three: 0.5 of the nearest, 2 of the next, and 0.5 of the one after it, which has 1.
    expect(predictWith([9, 0.5, 1, 2], { n_neighbors: 3 })).toBeCloseTo((0.5 * 10 + 2 * 20 + 0.5 * 30) / 3, 12);
    // By the inverse of distances 1, 2 and 3.
    expect(predictWith([9, 0.5, 1, 2], { n_neighbors: 3, weights: 'distance' })).toBeCloseTo(
      (0.5 * 10 + (2 / 2) * 20 + (0.5 / 3) * 30) / (0.5 + 2 / 2 + 0.5 / 3),
      12,
    );
  });

  test('that come to less than k all vote', () => {
    expect(predictWith([0.1, 0.2, 0.3, 0.4], { n_neighbors: 2 })).toBeCloseTo(4 + 2 + 9 + 8, 12);
  });

  test('of 0 are no neighbours', () => {
    expect(predictWith([1, 0, 1, 0], { n_neighbors: 1 })).toBe(30);
  });
});
