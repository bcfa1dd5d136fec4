import { expect, test } from 'vitest';
import type { Table } from '../../../ml/data/table.ts';
import { mean } from '../../../ml/estimators/baseline/mean.ts';
import { linear } from '../../../ml/estimators/linear/linear.ts';
import { crossValidate, makeFolds, partition } from '../../../ml/selection/cross-validation.ts';
import { houses } from '../../houses.ts';

const rows = 53;
const series = (value: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => value(i));
const table: Table = {
  rows,
  columns: new Map([
    ['area', series((i) => 20 + ((i * 37) % 200))],
    ['rooms', series((i) => 1 + (i % 9))],
    ['heating', series((i) => i % 3)],
    ['price', series((i) => 2 * (20 + ((i * 37) % 200)) + 5 * (1 + (i % 9)))],
  ]),
};

test('every row is held out once, in folds of nearly the same size', () => {
  const folds = partition(rows, 5, 42);
  expect(folds.map((fold) => fold.length)).toEqual([11, 11, 11, 10, 10]);
  expect(folds.flatMap((fold) => [...fold]).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i));
  expect(partition(rows, 5, 42)).toEqual(folds);
  expect(partition(rows, 5, 43)).not.toEqual(folds);
});

test('what preprocessing learns in a fold comes from its training rows alone', () => {
  // One row is far away. Where it is held out, scaling must not know of it: the training rows' own
  // scaled column then has mean 0 and deviation 1, and the held-out row lies far outside.
  const area = (table.columns.get('area') as Float64Array).slice();
  area[7] = 1e6;
  const folds = makeFolds(
    houses,
    { rows, columns: new Map([...table.columns, ['area', area]]) },
    5,
    42,
  )(linear.encoding);
  for (const { x, validationX } of folds) {
    const scaled = Array.from({ length: x.rows }, (_, i) => x.data[i * x.columns] as number);
    expect(scaled.reduce((sum, value) => sum + value, 0) / scaled.length).toBeCloseTo(0, 9);
    expect(scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length).toBeCloseTo(1, 9);
    if (Math.max(...scaled) < 5) {
      expect(Math.max(...validationX.data)).toBeGreaterThan(1000);
    }
  }
  expect(folds.filter(({ validationX }) => Math.max(...validationX.data) > 1000)).toHaveLength(1);
});

test('scores are means over the folds, with their spread', () => {
  const folds = makeFolds(houses, table, 5, 42);
  expect(crossValidate(linear, {}, folds, { seed: 42, threads: 1 }).r2).toBeCloseTo(1, 9);
  const { r2, r2_sd, rmse, mae } = crossValidate(mean, {}, folds, { seed: 42, threads: 1 });
  expect(r2).toBeLessThan(0);
  expect(r2_sd).toBeGreaterThan(0);
  expect(rmse).toBeGreaterThan(mae);
});
