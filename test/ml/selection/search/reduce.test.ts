import { expect, test } from 'vitest';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import type { Table } from '../../../../ml/data/table.ts';
import { triedRows } from '../../../../ml/selection/draw-rows.ts';
import { planOf } from '../../../../ml/selection/plan.ts';
import type { Rows } from '../../../../ml/selection/rows.ts';
import { reduceToBudget } from '../../../../ml/selection/search/reduce.ts';

const declaration: Declaration = {
  name: 'many',
  title: 'Many rows',
  file: 'many.csv',
  target: 'y',
  columns: ['a', 'b', 'c', 'd', 'y'].map((name) => ({ name, title: name, kind: 'numeric' as const })),
};

function tableOf(rows: number): Table {
  const values = Float64Array.from({ length: rows }, (_, i) => (i * 7) % 11);
  return { rows, columns: new Map(declaration.columns.map(({ name }) => [name, values])) };
}

function allOf(rows: number): Rows {
  const train = tableOf(rows);
  return {
    declaration,
    all: train,
    train,
    test: tableOf(10),
    split: 'seed',
    dropped: 0,
    weightless: 0,
    ignored: [],
    rounded: [],
  };
}

function reduced(rows: number, seconds: number, search: 'auto' | 'random' = 'auto') {
  const plan = planOf('regression', { search });
  const to = reduceToBudget(plan, allOf(rows), { seconds, workers: 2, seed: 1 });
  const { folds = plan.folds, rows: tried = rows, of } = to.plan.reduced ?? {};
  expect(triedRows(to.plan, to.rows, 1).rows).toBe(tried);
  expect(to.plan.reduced?.learned ?? rows).toBe(to.rows.train.rows);
  return { folds, rows: tried, of };
}

test('what there is time for is tried in all folds, on all rows', () => {
  expect(reduced(1000, 10)).toEqual({ folds: 5, rows: 1000 });
  expect(reduced(50_000, 600)).toEqual({ folds: 5, rows: 50_000 });
});

test('with less time there are fewer folds, and then fewer rows', () => {
  const steps = [1000, 100, 30, 10, 3, 1].map((seconds) => reduced(400_000, seconds));
  expect(steps[0]).toEqual({ folds: 5, rows: 400_000 });
  expect(steps.at(-1)).toEqual({ folds: 2, rows: expect.any(Number), of: 400_000 });
  for (const [i, { folds, rows }] of steps.entries()) {
    expect(folds).toBeLessThanOrEqual(steps[i - 1]?.folds ?? 5);
    expect(rows).toBeLessThanOrEqual(steps[i - 1]?.rows ?? 400_000);
    // Folds go first.
    if (rows < 400_000) expect(folds).toBe(2);
  }
  expect(steps.at(-1)?.rows).toBeLessThan(100_000);
  expect(reduced(400_000, 0.001).rows).toBe(5000);
});

test('a search that somebody has laid out is left as it is', () => {
  expect(reduced(400_000, 1, 'random')).toEqual({ folds: 5, rows: 400_000 });
});

test('with time for it the model learns from all rows, though candidates are tried on some', () => {
  const plan = planOf('regression', { search: 'auto' });
  const of = (rows: number, seconds: number) =>
    reduceToBudget(plan, allOf(rows), { seconds, workers: 2, seed: 1 }).plan.reduced;
  const counts = [0.3, 1, 3, 10].map((seconds) => of(1_000_000, seconds)?.learned ?? 0);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  for (const seconds of [0.3, 1, 3, 10]) {
    const { rows = 0, learned = 0 } = of(1_000_000, seconds) ?? {};
    expect(rows).toBeLessThanOrEqual(300_000);
    expect(learned).toBeGreaterThanOrEqual(rows);
    expect(learned).toBeLessThanOrEqual(1_000_000);
  }
  expect(counts.at(-1)).toBeGreaterThan(300_000);
});
