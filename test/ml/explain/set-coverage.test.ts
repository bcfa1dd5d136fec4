// Whether prediction sets hold as often as they say: on fresh rows of the generator that the training rows come from, and on real ones.

import { describe, expect, test } from 'vitest';
import { createRandom, permutation } from '../../../ml/core/random.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { type Table, takeRows } from '../../../ml/data/table.ts';
import { classCountOf } from '../../../ml/data/task-kind.ts';
import { customerRows, customers } from '../class-parts.ts';
import { setMeasures, withSets } from './cross-validated.ts';
import { readRealTable, realTables } from './real-tables.ts';

/** Of each class over several seeds: how often sets of its rows hold it, and it is recognised. */
type Sums = { rows: number; held: number; right: number }[];

function measure(
  seeds: number,
  declaration: Declaration,
  rowsOf: (seed: number) => { learned: Table; unseen: Table; fresh: Table },
  how: {
    readonly estimator: string;
    readonly params?: Readonly<Record<string, number | string>>;
    readonly bagged?: boolean;
  },
) {
  const classes = classCountOf(declaration);
  const sums: Sums = Array.from({ length: classes }, () => ({ rows: 0, held: 0, right: 0 }));
  let [size, rows] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const { learned, unseen, fresh } = rowsOf(seed);
    const measured = setMeasures(withSets({ declaration, train: learned, unseen, seed, ...how }), fresh);
    for (const [k, own] of measured.classes.entries()) {
      const sum = sums[k] as Sums[number];
      for (const key of ['rows', 'held', 'right'] as const) sum[key] += own[key];
    }
    size += measured.size * fresh.rows;
    rows += fresh.rows;
  }
  return { sums, size: size / rows };
}

const shareOf = (sums: Sums, what: 'held' | 'right') =>
  sums.reduce((sum, each) => sum + each[what], 0) / sums.reduce((sum, { rows }) => sum + rows, 0);

const learners = [
  ['neighbours, on all rows', 20, { estimator: 'knn', params: { n_neighbors: 25 } }],
  ['a forest on all rows', 20, { estimator: 'random_forest', params: { n_estimators: 50, min_samples_leaf: 3 } }],
  [
    'boosting of deep trees, the mean of its fits in the folds, which differ much',
    10,
    { estimator: 'xgboost', bagged: true, params: { n_estimators: 30, max_depth: 5 } },
  ],
] as const;

describe.each([
  ['a class of 15 %', [0, -2.2], 0.3],
  ['two as frequent classes', [0, 0], 0.3],
  ['five classes', [0, 1, -0.5, 0.5, -0.5], 0.3],
  ['three classes, and hardly anything to tell them by', [0, 0.5, -0.5], 0.8],
] as const)('of %s', (_, offsets, noise) => {
  const declaration = customers(offsets.length);
  const rowsOf = (seed: number) => ({
    learned: customerRows(800, offsets, seed, noise),
    unseen: customerRows(200, offsets, 2000 + seed, noise),
    fresh: customerRows(800, offsets, 1000 + seed, noise),
  });

  test.each(learners)(
    'sets of %s hold nine of ten rows of each class, within 2 points over %s seeds',
    (_, seeds, how) => {
      const { sums, size } = measure(seeds, declaration, rowsOf, how);
      expect(Math.abs(shareOf(sums, 'held') - 0.9)).toBeLessThan(0.02);
      // Some classes have a hundred rows to learn from.
      for (const own of sums) expect(Math.abs(shareOf([own], 'held') - 0.9)).toBeLessThan(0.04);
      expect(size).toBeLessThan(offsets.length);
    },
  );
});

const categorical = { penguins: 'Species', cars: 'Origin', weather: 'weather' } as const;

test.each(Object.entries(categorical))('of real rows sets hold as often: %s', async (name, target) => {
  const real = realTables[name] as (typeof realTables)[string];
  const declaration = { ...real.declaration, target };
  const table = await readRealTable({ ...real, declaration });
  const rows = Math.min(table.rows, 900);
  const rowsOf = (seed: number) => {
    const order = permutation(table.rows, createRandom(seed));
    const part = (from: number, to: number) =>
      takeRows(table, order.slice(Math.floor(from * rows), Math.floor(to * rows)));
    return { learned: part(0, 0.5), unseen: part(0.5, 0.6), fresh: part(0.6, 1) };
  };
  const { sums } = measure(10, declaration, rowsOf, { estimator: 'random_forest', params: { n_estimators: 30 } });
  expect(shareOf(sums, 'held')).toBeGreaterThan(0.87);
  expect(shareOf(sums, 'held')).toBeLessThan(0.93);
  for (const own of sums.filter(({ rows }) => rows > 300))
    expect(Math.abs(shareOf([own], 'held') - 0.9)).toBeLessThan(0.07);
});
