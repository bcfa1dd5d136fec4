import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import type { NumericColumn } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';
import { type Model, singleModel } from '../../../ml/estimators/model.ts';
import { predictParts } from '../../../ml/estimators/predict-rows.ts';
import { boundShare, boundsOf, type Intervals } from '../../../ml/explain/intervals.ts';
import { residualList } from '../../../ml/explain/residual-lists.ts';

const target: NumericColumn = { name: 'price', title: 'Price', kind: 'numeric' };
const constant = (mean: number) => ({
  estimator: 'mean',
  task: 'regression' as const,
  params: {},
  features: [],
  preprocessor: { recipes: [], columns: [], target: null },
  state: { mean },
});
const oneRow: Table = { rows: 1, columns: new Map() };

/** The interval of a row of which the model's parts predict constants. */
function intervalOf(model: Model, intervals: Intervals, column = target): [number, number, number] {
  const parts = predictParts(model, oneRow);
  const { members, intercept } = model;
  const prediction = members.reduce((sum, { weight }, j) => {
    const own = (parts[j] ?? []).map(({ values }) => values[0] as number);
    return sum + (weight * own.reduce((a, b) => a + b, 0)) / own.length;
  }, intercept);
  const predictions = Float64Array.of(prediction);
  const { low, high } = boundsOf(intervals, model, column, { table: oneRow, parts, predictions });
  return [low[0] as number, prediction, high[0] as number];
}

const plain = (residuals: readonly number[], rows = residuals.length): Intervals => ({
  rows,
  lists: [residualList([-1], Float64Array.from(residuals), undefined)],
  scale: null,
});

/** The k-th smallest of some numbers, from 1 on. */
const kth = (values: readonly number[], k: number) => values.toSorted((a, b) => a - b)[k - 1];

describe('a bound', () => {
  test.each([19, 20, 39, 100, 799, 800])('is the ⌈(n + 1) × 95 %%⌉-th of %i residuals, from either end', (n) => {
    const residuals = Array.from({ length: n }, (_, i) => ((i * 37) % n) - n / 2);
    const rank = Math.ceil(((n + 1) * 95) / 100);
    const [low, , high] = intervalOf(singleModel(constant(10)), plain(residuals));
    expect(high).toBe(10 + (kth(residuals, rank) as number));
    expect(low).toBe(10 + (kth(residuals, n + 1 - rank) as number));
  });

  test('asks for 19 residuals at least', () => {
    expect(boundShare(18)).toBeGreaterThan(1);
    expect(boundShare(19)).toBe(1);
  });

  test('counts a residual by its weight', () => {
    const residuals = Float64Array.from({ length: 40 }, (_, i) => i - 20);
    const heavy = (weight: number) => Float64Array.from(residuals, (value) => (value === 12 ? weight : 1));
    const high = (weights: Float64Array) => {
      const intervals: Intervals = { rows: 40, lists: [residualList([-1], residuals, weights)], scale: null };
      return intervalOf(singleModel(constant(0)), intervals)[2];
    };
    expect(high(heavy(1))).toBe(18);
    expect(high(heavy(300))).toBe(12);
  });

  test('is on its own side of the prediction, however one-sided residuals are', () => {
    const [low, prediction, high] = intervalOf(
      singleModel(constant(5)),
      plain(Array.from({ length: 50 }, (_, i) => 1 + i)),
    );
    expect([low, prediction]).toEqual([5, 5]);
    expect(high).toBeGreaterThan(50);
    const [, , top] = intervalOf(singleModel(constant(5)), plain(Array.from({ length: 50 }, (_, i) => -1 - i)));
    expect(top).toBe(5);
  });

  test('leaves the declared range of the target only with the prediction', () => {
    const residuals = Array.from({ length: 60 }, (_, i) => i - 30);
    const score = { ...target, min: 0, max: 100 };
    expect(intervalOf(singleModel(constant(95)), plain(residuals), score)[2]).toBe(100);
    expect(intervalOf(singleModel(constant(3)), plain(residuals), score)[0]).toBe(0);
    expect(intervalOf(singleModel(constant(104)), plain(residuals), score)[2]).toBe(104);
    expect(intervalOf(singleModel(constant(-2)), plain(residuals), score)[0]).toBe(-2);
  });
});

test('CV+ adds to each residual what the model without that row’s fold predicts', () => {
  const numbers = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 4, max: 20 }), fc.integer(), (means, each, seed) => {
      const random = createRandom(seed);
      const model: Model = {
        intercept: 1,
        members: [
          { weight: 0.5, parts: means.map(constant) },
          { weight: 0.25, parts: [constant(8)] },
        ],
      };
      const residuals = means.map(() => Array.from({ length: each }, () => random.uniform() * 20 - 10));
      const lists = residuals.map((some, part) => residualList([part, -1], Float64Array.from(some), undefined));
      const all = means.flatMap((mean, part) =>
        (residuals[part] as number[]).map((residual) => 1 + 0.5 * mean + 0.25 * 8 + residual),
      );
      const rank = Math.ceil(((all.length + 1) * 95) / 100);
      const [low, prediction, high] = intervalOf(model, { rows: all.length, lists, scale: null });
      expect(high).toBeCloseTo(Math.max(prediction, kth(all, rank) as number), 9);
      expect(low).toBeCloseTo(Math.min(prediction, kth(all, all.length + 1 - rank) as number), 9);
    }),
  );
});
