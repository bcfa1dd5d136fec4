import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/matrix.ts';
import { rankColumns, thresholdBetween } from '../../../../ml/trees/exact/ranks.ts';

const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });

test('values are ranked as float32, and those nearer than 1e-7 are the same', () => {
  const ranks = rankColumns(column(2, 0.5, 2 + 1e-12, -1, 0.5 + 6e-8));
  expect([...ranks.ranks]).toEqual([2, 1, 2, 0, 1]);
  expect([...(ranks.least[0] as Float32Array)]).toEqual([-1, 0.5, 2]);
  expect((ranks.greatest[0] as Float32Array)[1]).toBeGreaterThan(0.5);
});

test('a threshold is midway between the values that it tells apart, whatever lies between', () => {
  const ranks = rankColumns(column(1, 2, 4));
  expect(thresholdBetween(ranks, 0, 0, 1)).toBe(1.5);
  expect(thresholdBetween(ranks, 0, 0, 2)).toBe(2.5);
});

test('bins keep rows of one bin together, and thresholds part them as ranks do', () => {
  const x = column(...Array.from({ length: 1000 }, (_, i) => Math.sin(i)));
  const ranks = rankColumns(x, 16);
  expect(Math.max(...ranks.ranks)).toBe(15);
  for (let lower = 0; lower < 15; lower++) {
    const threshold = thresholdBetween(ranks, 0, lower, lower + 1);
    for (let i = 0; i < x.rows; i++) {
      expect(Math.fround(x.data[i] as number) <= threshold).toBe((ranks.ranks[i] as number) <= lower);
    }
  }
});

test('more than 65,536 values still have ranks of their own', () => {
  const { ranks } = rankColumns(column(...Array.from({ length: 70_000 }, (_, i) => i)));
  expect(ranks[69_999]).toBe(69_999);
});
