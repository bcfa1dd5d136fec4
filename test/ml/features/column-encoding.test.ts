import { expect, test } from 'vitest';
import { rowOf } from '../../../ml/core/matrix.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';
import { type ColumnEncoding, type Encoding, fitEncodings, MOST_LEVELS } from '../../../ml/features/column-encoding.ts';
import { encodeRows } from '../../../ml/features/encoded-rows.ts';
import { houses } from '../../houses.ts';

const { NaN: missing } = Number;
const table = (columns: Record<string, number[]>): Table => ({
  rows: columns.area?.length as number,
  columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
});
const fitColumns = (declaration: Declaration, of: Table, encoding: Encoding) =>
  fitEncodings(declaration, of, [], encoding);
const transform = (encodings: readonly ColumnEncoding[], of: Table) => encodeRows(encodings, of, []);
const train = table({
  area: [20, missing, 40, 60],
  rooms: [3, 3, 3, 3],
  heating: [2, 1, missing, 1],
  price: [1, 2, 3, 4],
});
const encoding: Encoding = { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' };
const preprocessor = fitColumns(houses, train, encoding);

test('it learns the median, the most frequent level, and the moments after imputing', () => {
  const imputed = { missing: 'imputed' };
  expect(preprocessor).toEqual([
    { column: 'area', kind: 'numeric', as: 'scaled', ...imputed, impute: 40, mean: 40, scale: Math.sqrt(200) },
    { column: 'rooms', kind: 'numeric', as: 'scaled', ...imputed, impute: 3, mean: 3, scale: 1 },
    {
      column: 'heating',
      kind: 'categorical',
      as: 'one-hot',
      ...imputed,
      impute: 1,
      levels: ['gas', 'heat pump', 'none'],
      seen: [1, 2],
    },
  ]);
});

test('numeric columns are scaled, categorical ones become a column a level, missing cells are imputed', () => {
  const x = transform(
    preprocessor,
    table({ area: [60, missing], rooms: [4, 3], heating: [0, missing], price: [0, 0] }),
  );
  expect([...rowOf(x, 0)]).toEqual([20 / Math.sqrt(200), 1, 0, 0, 1]);
  expect([...rowOf(x, 1)]).toEqual([0, 0, 1, 0, 0]);
});

test('each column of the matrix has a name that people know', () => {
  expect(transform(preprocessor, train).names).toEqual([
    'area',
    'rooms',
    'heating = heat pump',
    'heating = none',
    'heating = any other',
  ]);
});

test('levels without training rows share one column, and take none where there are none', () => {
  const rows = { area: [1, 2, 3], rooms: [1, 1, 1], price: [1, 2, 3] };
  const all = fitColumns(houses, table({ ...rows, heating: [2, 0, 1] }), encoding);
  expect(transform(all, table({ ...rows, heating: [0, 1, 2] })).columns).toBe(5);
  const few = fitColumns(houses, table({ ...rows, heating: [2, 2, 2] }), encoding);
  const x = transform(few, table({ ...rows, heating: [0, 1, 2] }));
  expect([0, 1, 2].map((i) => [...rowOf(x, i).subarray(2)])).toEqual([
    [0, 1],
    [0, 1],
    [1, 0],
  ]);
  // What is imputed is learned from, even where no row has it.
  const none = table({ ...rows, heating: [missing, missing, missing] });
  expect(rowOf(transform(fitColumns(houses, none, encoding), none), 0).subarray(2)).toEqual(Float64Array.of(1, 0));
});

test('the order of the columns in a table makes no difference', () => {
  const reversed = { rows: train.rows, columns: new Map([...train.columns].reverse()) };
  expect(transform(preprocessor, reversed)).toEqual(transform(preprocessor, train));
  expect(fitColumns(houses, reversed, encoding)).toEqual(preprocessor);
});

test('a constant column whose mean is inexact is not blown up', () => {
  const constant = fitColumns(
    houses,
    table({ area: [0.1, 0.1, 0.1], rooms: [1, 2, 3], heating: [0, 1, 2], price: [1, 2, 3] }),
    encoding,
  );
  expect(constant[0]).toMatchObject({ column: 'area', impute: 0.1, mean: 0.1, scale: 1 });
});

test('of two levels as frequent, the one declared first is imputed; an even count has its median between two', () => {
  const [area, , heating] = fitColumns(
    houses,
    table({ area: [1, 2, 4, 9], rooms: [1, 1, 1, 1], heating: [2, 1, 1, 2], price: [1, 2, 3, 4] }),
    encoding,
  );
  expect(area?.impute).toBe(3);
  expect(heating?.impute).toBe(1);
});

test('what it is survives JSON', () => {
  expect(transform(JSON.parse(JSON.stringify(preprocessor)), train)).toEqual(transform(preprocessor, train));
});

test('raw numbers stay as they are, codes take one column, and what is missing may be kept', () => {
  const codes = fitColumns(houses, train, { categories: 'codes', numbers: 'raw', missing: 'kept' });
  const x = transform(codes, train);
  expect(x).toEqual({
    rows: 4,
    columns: 3,
    data: Float64Array.of(20, 3, 2, missing, 3, 1, 40, 3, missing, 60, 3, 1),
    levels: [0, 0, 3],
    names: ['area', 'rooms', 'heating'],
  });
});

test('a missing category that is kept is no level at all', () => {
  const kept = fitColumns(houses, train, { categories: 'one-hot', numbers: 'raw', missing: 'kept' });
  expect([...rowOf(transform(kept, train), 2)]).toEqual([40, 3, 0, 0, 0]);
});

test.each([-1e-200, 5e-324, 1e-170, 1e200, 1e308])('numbers of any size are scaled: around %f', (unit) => {
  const rows = { area: [0, unit, 0, unit], rooms: [1, 1, 1, 1], heating: [0, 0, 0, 0], price: [1, 2, 3, 4] };
  const x = transform(fitColumns(houses, table(rows), encoding), table(rows));
  const column = [0, 1, 2, 3].map((i) => rowOf(x, i)[0] as number);
  expect(column.every(Number.isFinite)).toBe(true);
  // Half of the smallest number is none, so that its column's distance is 1, not 2.
  expect(Math.abs((column[1] as number) - (column[0] as number))).toBeCloseTo(unit === 5e-324 ? 1 : 2, 12);
});

test('the largest numbers of both signs have a median, and a distance', () => {
  const most = Number.MAX_VALUE;
  const rows = { area: [-most, most, most, most], rooms: [1, 1, 1, 1], heating: [0, 0, 0, 0], price: [1, 2, 3, 4] };
  const fitted = fitColumns(houses, table(rows), encoding);
  expect(fitted[0]?.impute).toBe(most);
  expect([...transform(fitted, table(rows)).data].every(Number.isFinite)).toBe(true);
});

test('a row of weight w teaches what the row w times would', () => {
  const rows = [
    { area: 20, rooms: 3, heating: 2, price: 1 },
    { area: missing, rooms: 4, heating: missing, price: 2 },
    { area: 40, rooms: missing, heating: 0, price: 3 },
    { area: 90, rooms: 7, heating: 1, price: 4 },
  ] as const;
  const weights = [1, 2, 4, 3];
  const columns = (of: readonly (typeof rows)[number][]) =>
    Object.fromEntries(
      (['area', 'rooms', 'heating', 'price'] as const).map((name) => [name, of.map((row) => row[name])]),
    );
  const weighted = fitColumns({ ...houses, weight: 'copies' }, table({ ...columns(rows), copies: weights }), encoding);
  const repeated = rows.flatMap((row, i) => new Array<(typeof rows)[number]>(weights[i] as number).fill(row));
  const expected = fitColumns(houses, table(columns(repeated)), encoding);
  weighted.forEach((column, i) => {
    for (const [key, value] of Object.entries(expected[i] as object)) {
      if (typeof value === 'number') expect(column[key as keyof typeof column], key).toBeCloseTo(value, 12);
      else expect(column[key as keyof typeof column], key).toEqual(value);
    }
  });
});

test('of very many levels the most frequent have a column, and all others share one', () => {
  const levels = Array.from({ length: 330 }, (_, i) => `L${i}`);
  // Level i has i % 3 + 1 rows: of those with as many, the first.
  const codes = levels.flatMap((_, i) => Array.from({ length: (i % 3) + 1 }, () => i));
  const declaration = {
    ...houses,
    columns: [
      { name: 'kind', title: 'Kind', kind: 'categorical' as const, levels },
      { name: 'price', title: 'Price', kind: 'numeric' as const },
    ],
  };
  const columns = new Map([
    ['kind', Float64Array.from(codes)],
    ['price', Float64Array.from(codes)],
  ]);
  const encoding = { categories: 'one-hot', numbers: 'raw', missing: 'kept' } as const;
  const [kind] = fitEncodings(declaration, { rows: codes.length, columns }, [], encoding);
  const seen = kind?.as === 'one-hot' ? kind.seen : [];
  expect(seen).toHaveLength(MOST_LEVELS);
  expect([...seen]).toEqual([...seen].sort((a, b) => a - b));
  expect(levels.flatMap((_, i) => (i % 3 > 0 ? [i] : [])).every((level) => seen.includes(level))).toBe(true);
});
