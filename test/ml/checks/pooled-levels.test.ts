import { expect, test } from 'vitest';
import { poolRareLevels } from '../../../ml/checks/pooled-levels.ts';

const pooled = (first: Record<string, number>, second: Record<string, number>) =>
  poolRareLevels(new Map(Object.entries(first)), new Map(Object.entries(second))).map((counts) => [...counts]);

test('levels of which few rows are expected in the smaller sample count together, new ones too', () => {
  expect(pooled({ a: 500, b: 400, c: 60, d: 40 }, { a: 50, b: 40, c: 6, e: 4 })).toEqual([
    [500, 400, 60, 40],
    [50, 40, 6, 4],
  ]);
  expect(pooled({ a: 500, b: 480, c: 12, d: 8 }, { a: 50, b: 48, e: 2 })).toEqual([
    [500, 480, 20],
    [50, 48, 2],
  ]);
});

test('of so few rows that no level can be told from others, all count together', () => {
  expect(pooled({ a: 500, b: 500 }, { a: 4, b: 4 })).toEqual([[1000], [8]]);
});
