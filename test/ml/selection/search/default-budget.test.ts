import { expect, test } from 'vitest';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import { planOf } from '../../../../ml/selection/plan.ts';
import type { Rows } from '../../../../ml/selection/rows.ts';
import { defaultBudget } from '../../../../ml/selection/search/default-budget.ts';
import { houses } from '../../../houses.ts';

const MANY = 10_000_000;
const values = new Uint8Array(MANY).map((_, i) => i % 3);

function rowsOf(count: number, declaration: Declaration = houses): Rows {
  const own = values.subarray(0, count);
  const table = { rows: count, columns: new Map(declaration.columns.map(({ name }) => [name, own])) };
  return {
    ...{ declaration, all: table, train: table, test: table, split: 'seed' },
    ...{ dropped: 0, weightless: 0, ignored: [], rounded: [] },
  };
}

const auto = planOf('regression', { search: 'auto' });

test('a search of much data has an end, though nobody names one; another has none', () => {
  expect(defaultBudget(auto, rowsOf(20_000), 2)).toBeUndefined();
  expect(defaultBudget(auto, rowsOf(MANY), 2)).toBe(200);
  expect(defaultBudget(planOf('regression', { search: 'random' }), rowsOf(MANY), 2)).toBeUndefined();
  expect(
    defaultBudget(planOf('regression', { search: 'auto', models: ['linear'] }), rowsOf(MANY / 10), 2),
  ).toBeUndefined();
});

test('of even more data it is as long as the chosen model needs to learn from all of it', () => {
  const more = Array.from({ length: 300 }, (_, j) => ({ name: `c${j}`, title: 'C', kind: 'numeric' as const }));
  const wide = { ...houses, columns: [...houses.columns, ...more] };
  const [two, four] = [2, 4].map((workers) => defaultBudget(auto, rowsOf(4_000_000, wide), workers) ?? 0);
  expect(two).toBeGreaterThan(300);
  expect(four).toBeGreaterThan(200);
  expect(four).toBeLessThan(two as number);
});
