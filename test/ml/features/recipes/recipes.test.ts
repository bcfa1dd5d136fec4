import { expect, test } from 'vitest';
import type { PlainData } from '../../../../ml/core/plain-data.ts';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import type { Fold } from '../../../../ml/data/folds.ts';
import type { Table } from '../../../../ml/data/table.ts';
import { learnedTargets } from '../../../../ml/features/learned-targets.ts';
import type { ColumnRecipe, DerivedColumn, LearnedRows } from '../../../../ml/features/recipes/column-recipe.ts';
import { counts } from '../../../../ml/features/recipes/counts.ts';
import { groupAggregates } from '../../../../ml/features/recipes/group-aggregates.ts';
import { levelOrder } from '../../../../ml/features/recipes/level-order.ts';
import { logColumns } from '../../../../ml/features/recipes/log-columns.ts';
import { pairs } from '../../../../ml/features/recipes/pairs.ts';
import { targetEncoding } from '../../../../ml/features/recipes/target-encoding.ts';
import { searchedRows } from '../../../../ml/features/screening/searched-rows.ts';
import { shrunkenMeans } from '../../../../ml/features/shrunken-means.ts';

const { NaN: missing } = Number;
const declaration: Declaration = {
  name: 'flats',
  title: 'Flats',
  file: 'flats.csv',
  target: 'rent',
  columns: [
    { name: 'city', title: 'City', kind: 'categorical', levels: ['Ulm', 'Bonn', 'Kiel', 'Trier'] },
    { name: 'area', title: 'Area', kind: 'numeric' },
    { name: 'rooms', title: 'Rooms', kind: 'numeric' },
    { name: 'rent', title: 'Rent', kind: 'numeric' },
  ],
};

const tableOf = (city: number[], area: number[], rooms: number[], rent: number[]): Table => ({
  rows: city.length,
  columns: new Map(
    Object.entries({ city, area, rooms, rent }).map(([name, values]) => [name, Float64Array.from(values)]),
  ),
});

/** Two rows of each of three cities, thrice, in three folds. */
const cities = [0, 0, 1, 1, 2, missing, 0, 0, 1, 1, 2, missing, 0, 0, 1, 1, 2, missing];
const areas = cities.map((_, i) => 20 + ((i * 7) % 10));
const rooms = cities.map((_, i) => 1 + (i % 4));
const rents = cities.map((city, i) => (Number.isNaN(city) ? 9 : 3 * city) + ((i * 5) % 3));
const folds = [0, 1, 2].map((fold): Fold => {
  const all = Uint32Array.from(cities.keys());
  const isHeld = (row: number) => Math.floor(row / 6) === fold;
  return { held: all.filter(isHeld), learned: all.filter((row) => !isHeld(row)) };
});

function learnedRows(table: Table, given: { weights?: Float64Array; folds?: readonly Fold[] } = {}): LearnedRows {
  const targets = learnedTargets(declaration, table.columns.get('rent') as Float64Array);
  const rows = { declaration, table, targets, weights: undefined, folds, ...given };
  return { ...rows, folds: () => rows.folds, some: () => searchedRows(rows, rows.folds) };
}

/** What a recipe makes of rows that it learned from, and of others; nothing where it finds nothing worth it. */
function made<S extends PlainData>(recipe: ColumnRecipe<S>, rows: LearnedRows, others = rows.table) {
  const state = recipe.fit(rows);
  const values = (columns: readonly DerivedColumn[]) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));
  if (state === null) return { learned: {}, others: {} };
  return {
    learned: values(recipe.applyToLearned?.(state, rows) ?? recipe.apply(state, rows.table)),
    others: values(recipe.apply(state, others)),
  };
}

const table = tableOf(cities, areas, rooms, rents);
const codes = Int32Array.from(cities, (city) => (Number.isNaN(city) ? 4 : city));
const each = tableOf([0, 1, 2, 3, missing], [1, 2, 3, 4, 5], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]);

test('target encoding: others have the mean of all rows of their level, one without rows the mean of all', () => {
  const { others } = made(targetEncoding, learnedRows(table), each);
  const { means } = shrunkenMeans(codes, 5, Float64Array.from(rents), undefined);
  expect(others).toEqual({ 'city: mean target': [...means] });
  expect(means[3]).toBeCloseTo(rents.reduce((sum, rent) => sum + rent, 0) / 18, 12);
  expect(means[0]).toBeLessThan(means[1] as number);
  expect(means[4]).toBeGreaterThan(means[2] as number);
});

test('target encoding: a row that is learned from has the mean of rows of other folds', () => {
  const { learned } = made(targetEncoding, learnedRows(table));
  for (const { learned: rows, held } of folds) {
    const { means } = shrunkenMeans(codes, 5, Float64Array.from(rents), undefined, rows);
    for (const row of held) expect(learned['city: mean target']?.[row]).toBe(means[codes[row] as number]);
  }
});

test('target encoding: no target of its own fold is in a row, and a row that no fold holds is missing', () => {
  const before = made(targetEncoding, learnedRows(table)).learned['city: mean target'] as number[];
  const changed = rents.map((rent, row) => (row < 6 ? rent + (row % 3) : rent));
  const after = made(targetEncoding, learnedRows(tableOf(cities, areas, rooms, changed)));
  expect(after.learned['city: mean target']?.slice(0, 6)).toEqual(before.slice(0, 6));
  expect(after.learned['city: mean target']?.slice(6)).not.toEqual(before.slice(6));
  const inTime = learnedRows(table, { folds: folds.slice(1) });
  const late = made(targetEncoding, inTime).learned['city: mean target'] as number[];
  expect(late.slice(0, 6)).toEqual(new Array(6).fill(missing));
  expect(late.slice(6)).toEqual(before.slice(6));
});

test('target encoding: a number of few values is combined with a category, and a value that no row has is like an unseen level', () => {
  const rows = 400;
  const city = Array.from({ length: rows }, (_, row) => row % 4);
  const floors = city.map((_, row) => 2 * (Math.floor(row / 4) % 5));
  const rent = city.map((code, row) => Math.sin(7 * code * (floors[row] as number)) + (row % 7) / 100);
  const learned = learnedRows(tableOf(city, city, floors, rent), {
    folds: [0, 1].map((half) => {
      const all = Uint32Array.from(city.keys());
      const isHeld = (row: number) => Math.floor(row / 20) % 2 === half;
      return { held: all.filter(isHeld), learned: all.filter((row) => !isHeld(row)) };
    }),
  });
  const some = tableOf([1, 1, 1], [0, 0, 0], [4, 5, missing], [0, 0, 0]);
  const [known, unseen, none] = made(targetEncoding, learned, some).others['city × rooms: mean target'] ?? [];
  expect(known).toBeCloseTo(Math.sin(28) + 0.03, 1);
  expect(unseen).toBeCloseTo(rent.reduce((sum, value) => sum + value, 0) / rows, 9);
  expect(none).toBe(unseen);
});

test('target encoding: it is of no use where targets do not differ by level', () => {
  const same = tableOf(
    cities,
    areas,
    rooms,
    cities.map((_, row) => Math.floor(row / 6)),
  );
  expect(targetEncoding.fit(learnedRows(same))).toBeNull();
});

test('counts: as many rows as a level has, each by its weight', () => {
  expect(made(counts, learnedRows(table), each).others).toEqual({});
  const uneven = tableOf([0, 0, 0, 0, 1, 1, 2, missing], areas.slice(0, 8), rooms.slice(0, 8), rents.slice(0, 8));
  const rows = (weights?: Float64Array) => learnedRows(uneven, { folds: [], ...(weights && { weights }) });
  expect(made(counts, rows(), each).others).toEqual({ 'city: rows': [4, 2, 1, 0, 1] });
  const weights = Float64Array.of(1, 1, 0, 0, 3, 2, 1, 1);
  expect(made(counts, rows(weights), each).others).toEqual({ 'city: rows': [2, 5, 1, 0, 1] });
});

test('group aggregates: the mean of a number by category, the difference and the ratio to it', () => {
  const apply = (form: 'mean' | 'difference' | 'ratio') => {
    const key = { columns: [{ name: 'city', size: 5, values: null }] };
    const means = Float64Array.of(2, 4, 0, 8, 1);
    const some = tableOf([0, 1, 2, missing, 3], [3, 2, 5, 7, missing], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]);
    return groupAggregates.apply({ aggregates: [{ ...key, number: 'area', form, means }] }, some)[0];
  };
  expect(apply('mean')).toEqual({
    name: 'mean of area by city',
    from: ['city', 'area'],
    values: Float64Array.of(2, 4, 0, 1, 8),
  });
  expect(apply('difference')?.values).toEqual(Float64Array.of(1, -2, 5, 6, missing));
  expect(apply('ratio')).toEqual({
    name: 'ratio to mean of area by city',
    from: ['city', 'area'],
    values: Float64Array.of(1.5, 0.5, missing, 7, missing),
  });
});

test('pairs: sums, differences, products and ratios; what is not finite, or beyond float32, is missing', () => {
  const some = tableOf([0, 0, 0, 0], [6, 1, 1e300, missing], [2, 0, 1e300, 1], [0, 0, 0, 0]);
  const operations = ['sum', 'difference', 'product', 'ratio'] as const;
  const state = { pairs: operations.map((operation) => ({ operation, a: 'area', b: 'rooms' })) };
  expect(pairs.apply(state, some)).toEqual([
    { name: 'area + rooms', from: ['area', 'rooms'], values: Float64Array.of(8, 1, missing, missing) },
    { name: 'area − rooms', from: ['area', 'rooms'], values: Float64Array.of(4, 1, 0, missing) },
    { name: 'area × rooms', from: ['area', 'rooms'], values: Float64Array.of(12, 0, missing, missing) },
    { name: 'area / rooms', from: ['area', 'rooms'], values: Float64Array.of(3, missing, 1, missing) },
  ]);
});

test('logarithms: of columns that are skewed to the right; what is smaller than any that was seen is taken for the smallest', () => {
  const skewed = Array.from({ length: 18 }, (_, i) => 2 ** (i % 9));
  const learned = learnedRows(tableOf(cities, skewed, rooms, rents));
  const some = tableOf([0, 0, 0, 0], [2, 1, -5, missing], [1, 1, 1, 1], [0, 0, 0, 0]);
  expect(made(logColumns, learned, some).others).toEqual({ 'log of area': [Math.log(2), 0, 0, missing] });
});

test('logarithms: a column with a zero is moved by a share of its median first; one below zero is left alone', () => {
  const withZero = Array.from({ length: 18 }, (_, i) => (i === 0 ? 0 : 2 ** (i % 9)));
  const some = tableOf([0], [0], [1], [0]);
  const [value] =
    made(logColumns, learnedRows(tableOf(cities, withZero, rooms, rents)), some).others['log of area'] ?? [];
  expect(value).toBeLessThan(Math.log(16));
  expect(value).toBeGreaterThan(Math.log(16 * 0.0009));
  const below = withZero.map((value) => value - 1);
  expect(logColumns.fit(learnedRows(tableOf(cities, below, rooms, rents)))).toBeNull();
});

test('level order: the places of texts whose neighbours are alike, numbers in them by size, whatever their declared order', () => {
  const levels = ['b10', 'b9', 'b100', 'a7', 'c1', 'a11', 'a1', 'c20', 'c3', 'b1', 'd5', 'd4'];
  const inOrder = ['a1', 'a7', 'a11', 'b1', 'b9', 'b10', 'b100', 'c1', 'c3', 'c20', 'd4', 'd5'];
  const [, ...others] = declaration.columns;
  const coded = {
    ...declaration,
    columns: [{ name: 'city', title: 'City', kind: 'categorical' as const, levels }, ...others],
  };
  const codes = levels.map((_, code) => code);
  const places = levels.map((level) => inOrder.indexOf(level));
  const ones = codes.map(() => 1);
  const rowsOf = (rent: number[]) => {
    const table = tableOf([...codes, missing], [...ones, 1], [...ones, 1], [...rent, 0]);
    return { ...learnedRows(table), declaration: coded };
  };
  const rows = rowsOf(places.map((place) => place * place));
  expect(made(levelOrder, rows).others).toEqual({ 'city: place in order': [...places, missing] });
  // Here each is unlike those beside it.
  expect(levelOrder.fit(rowsOf(places.map((place) => 10 * (place % 2))))).toBeNull();
  // A level that no row has keeps its place.
  const weights = Float64Array.from([...ones, 1], (weight, code) => (code === 3 ? 0 : weight));
  expect(made(levelOrder, { ...rows, weights }).others).toEqual({ 'city: place in order': [...places, missing] });
  // Few levels are told apart one by one.
  expect(levelOrder.fit(learnedRows(table))).toBeNull();
});
