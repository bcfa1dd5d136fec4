import { expect, test } from 'vitest';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';
import { type Model, singleModel } from '../../../ml/estimators/model.ts';
import { dependenceOf } from '../../../ml/explain/dependence.ts';
import { lineModel } from './made-model.ts';

const declaration: Declaration = {
  name: 'houses',
  title: 'Houses',
  file: 'houses.csv',
  target: 'price',
  columns: ['area', 'rooms', 'price'].map((name) => ({ name, title: name, kind: 'numeric' as const })),
};

const table = (columns: Record<string, readonly number[]>): Table => ({
  rows: Object.values(columns)[0]?.length ?? 0,
  columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
});

test('is what a line says at each value, with the other columns as they are', () => {
  // 10 + 2 area + 3 rooms + (area + rooms).
  const model = lineModel(10, [2, 3, 1]);
  const rows = table({ area: [50, 100, 100, Number.NaN], rooms: [1, 2, 3, 6], price: [0, 0, 0, 0] });
  const { rows: count, columns } = dependenceOf({ model, declaration, rows, seed: 1 }, ['area', 'rooms'], [0]);
  expect(count).toBe(4);
  const [area, rooms] = columns;
  expect(area?.values).toEqual([50, 100]);
  // The mean of rooms is 3.
  expect(area?.curves[0]?.mean).toEqual([10 + 3 * 50 + 4 * 3, 10 + 3 * 100 + 4 * 3]);
  expect(area?.curves[0]?.low).toEqual([10 + 150 + 4, 10 + 300 + 4]);
  expect(area?.curves[0]?.high).toEqual([10 + 150 + 24, 10 + 300 + 24]);
  expect(rooms?.values).toEqual([1, 2, 3, 6]);
});

test('takes numbers between which there are about as many rows, and few of the ends', () => {
  const model = lineModel(0, [1, 0, 0]);
  const area = Array.from({ length: 1000 }, (_, i) => (i === 999 ? 1e6 : i));
  const { rows, columns } = dependenceOf(
    { model, declaration, rows: table({ area, rooms: area, price: area }), seed: 1 },
    ['area'],
    [0],
  );
  expect(rows).toBe(200);
  expect(columns[0]?.values).toHaveLength(15);
  expect(columns[0]?.values[0]).toBe(20);
  expect(columns[0]?.values.at(-1)).toBe(979);
  expect(columns[0]?.curves[0]?.mean).toEqual(columns[0]?.values);
});

test('of a category it has the most frequent levels, in declared order; of a column with one value nothing', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `level ${i}`);
  const of: Declaration = {
    ...declaration,
    columns: [
      { name: 'kind', title: 'Kind', kind: 'categorical', levels },
      { name: 'same', title: 'Same', kind: 'numeric' },
      { name: 'price', title: 'Price', kind: 'numeric' },
    ],
  };
  const model: Model = singleModel({
    estimator: 'mean',
    task: 'regression',
    params: {},
    features: [],
    preprocessor: { recipes: [], columns: [], target: null },
    state: { mean: 3 },
  });
  // Level i has i rows.
  const kind = levels.flatMap((_, code) => Array<number>(code).fill(code));
  const rows = table({ kind, same: kind.map(() => 1), price: kind });
  const { columns } = dependenceOf({ model, declaration: of, rows, seed: 1 }, ['kind', 'same'], [0]);
  expect(columns.map(({ column }) => column.name)).toEqual(['kind']);
  expect(columns[0]?.values).toEqual(Array.from({ length: 12 }, (_, i) => 18 + i));
  expect(columns[0]?.curves[0]?.mean).toEqual(Array(12).fill(3));
});
