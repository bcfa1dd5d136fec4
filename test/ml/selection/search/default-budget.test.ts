import { expect, test } from 'vitest';
import { planOf } from '../../../../ml/selection/plan.ts';
import type { Rows } from '../../../../ml/selection/rows.ts';
import { defaultBudget } from '../../../../ml/selection/search/default-budget.ts';
import { houses } from '../../../houses.ts';

function rowsOf(count: number): Rows {
  const values = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const table = { rows: count, columns: new Map(houses.columns.map(({ name }) => [name, values])) };
  return {
    ...{ declaration: houses, all: table, train: table, test: table, split: 'seed' },
    ...{ dropped: 0, weightless: 0, ignored: [], rounded: [] },
  };
}

const auto = planOf('regression', { search: 'auto' });

test('a search of much data has an end, though nobody names one; another has none', () => {
  expect(defaultBudget(auto, rowsOf(20_000), 2)).toBeUndefined();
  expect(defaultBudget(auto, rowsOf(2_000_000), 2)).toBe(200);
  // As long as the chosen model needs to learn from all of them.
  expect(defaultBudget(auto, rowsOf(20_000_000), 2)).toBeGreaterThan(400);
  expect(defaultBudget(planOf('regression', { search: 'random' }), rowsOf(20_000_000), 2)).toBeUndefined();
  expect(
    defaultBudget(planOf('regression', { search: 'auto', models: ['linear'] }), rowsOf(2_000_000), 2),
  ).toBeUndefined();
});
