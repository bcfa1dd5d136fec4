import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { isNear, rankColumns, thresholdBetween } from '../../../../ml/trees/exact/ranks.ts';

const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });

test('values are ranked as float32, near ones too, since only in a node do they count as the same', () => {
  const ranks = rankColumns(column(2, 0.5, 2 + 1e-12, -1, 0.5 + 6e-8));
  expect([...ranks.ranks]).toEqual([3, 1, 3, 0, 2]);
  expect(ranks.hasNear).toEqual([true]);
  expect(rankColumns(column(1, 2, 3)).hasNear).toEqual([false]);
});

test('a column whose values are all near each other has one rank', () => {
  for (const values of [
    [0, 5e-8, 1e-7],
    [7, 7],
    [0, 1e-200],
  ])
    expect([...rankColumns(column(...values)).ranks]).toEqual(values.map(() => 0));
});

test('values within 1e-7 of each other, the float32 sum rounded, are near', () => {
  expect(isNear(0, 9e-8)).toBe(true);
  expect(isNear(0, 1.1e-7)).toBe(false);
  // The next float32 above 1 and the one after it.
  expect(isNear(1, 1 + 2 ** -23)).toBe(true);
  expect(isNear(1, 1 + 2 ** -22)).toBe(false);
  expect(isNear(1e8, 1e8)).toBe(true);
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

test('where each distinct value has a bin of its own, they are told apart as without bins', () => {
  const x = column(4, 1, 2, 2, 1);
  const [binned, exact] = [rankColumns(x, 3), rankColumns(x)];
  expect([...binned.ranks]).toEqual([2, 0, 1, 1, 0]);
  for (const [lower, higher] of [
    [0, 1],
    [1, 2],
    [0, 2],
  ] as const)
    expect(thresholdBetween(binned, 0, lower, higher)).toBe(thresholdBetween(exact, 0, lower, higher));
  expect(rankColumns(column(1, 1 + 2 ** -23), 16).ranks).toEqual(new Uint16Array(2));
});

test('more than 65,536 values still have ranks of their own', () => {
  const { ranks } = rankColumns(column(...Array.from({ length: 70_000 }, (_, i) => i)));
  expect(ranks[69_999]).toBe(69_999);
});
