import { describe, expect, test } from 'vitest';
import { costsAt, thresholdCosts, thresholdCostsSchema } from '../../../ml/explain/threshold-costs.ts';

const rows = {
  isPositive: [true, false, true, false, false],
  probabilities: Float64Array.of(0.9, 0.6, 0.5, 0.1, 0.004),
};

/** The costs at a threshold. */
function costs(given: Parameters<typeof thresholdCosts>[1], threshold: number) {
  const all = thresholdCosts('yes', given);
  if (!all) throw new Error('there are none');
  return costsAt(all, all.thresholds.indexOf(threshold));
}

test('counts the rows whose probability reaches a threshold, and those of them that are of the class', () => {
  expect(costs(rows, 0.5)).toEqual({ flagged: 3 / 5, precision: expect.closeTo(2 / 3, 12), recall: 1 });
  expect(costs(rows, 0.51)).toEqual({ flagged: 2 / 5, precision: expect.closeTo(1 / 2, 12), recall: 1 / 2 });
  expect(costs(rows, 0.9)).toEqual({ flagged: 1 / 5, precision: 1, recall: 1 / 2 });
  expect(costs(rows, 0.91)).toEqual({ flagged: 0, precision: null, recall: 0 });
  expect(costs(rows, 0.004)).toMatchObject({ flagged: 1, recall: 1 });
  expect(costs(rows, 0.005)).toMatchObject({ flagged: 4 / 5 });
});

test('has every percent, and tenths below one', () => {
  const { thresholds } = thresholdCosts('yes', rows) ?? { thresholds: [] };
  expect(thresholds).toHaveLength(108);
  expect(thresholds.slice(0, 11)).toEqual([0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01, 0.02]);
  expect(thresholds.at(-1)).toBe(0.99);
});

describe('weights', () => {
  test('of 2 count as the row twice, of 0 not at all', () => {
    const weighted = costs({ ...rows, weights: Float64Array.of(2, 1, 1, 1, 0) }, 0.6);
    const twice = {
      isPositive: [true, true, false, true, false],
      probabilities: Float64Array.of(0.9, 0.9, 0.6, 0.5, 0.1),
    };
    expect(weighted).toEqual(costs(twice, 0.6));
  });

  test('count in shares, and rows are told as rows', () => {
    const all = thresholdCosts('yes', { ...rows, weights: Float64Array.of(3, 1, 1, 1, 0) });
    expect(all).toMatchObject({ positive: 'yes', rows: 5, positives: 2, share: 4 / 6 });
  });
});

test('there are none where no row of the class counts', () => {
  expect(thresholdCosts('yes', { ...rows, isPositive: [false, false, false, false, false] })).toBeUndefined();
  expect(thresholdCosts('yes', { ...rows, weights: Float64Array.of(0, 1, 0, 1, 1) })).toBeUndefined();
});

test('are what a release may record', () => {
  const all = thresholdCosts('yes', rows);
  expect(thresholdCostsSchema.parse(JSON.parse(JSON.stringify(all)))).toEqual(all);
});
