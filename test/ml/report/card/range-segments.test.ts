import { expect, test } from 'vitest';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import type { HeldOut } from '../../../../ml/report/card/held-out.ts';
import { rangeSegmentsOf } from '../../../../ml/report/card/range-segments.ts';

const declaration: Declaration = {
  name: 'houses',
  title: 'Houses',
  file: 'houses.csv',
  target: 'price',
  columns: [
    { name: 'area', title: 'Area', kind: 'numeric' },
    { name: 'sold', title: 'Sold', kind: 'date' },
    { name: 'price', title: 'Price', kind: 'numeric' },
  ],
};

/** Rows with their areas, dates and errors. */
function held(areas: readonly number[], errors: (row: number) => number, sold = (row: number) => row): HeldOut {
  const rows = areas.length;
  return {
    table: {
      rows,
      columns: new Map([
        ['area', Float64Array.from(areas)],
        ['sold', Float64Array.from({ length: rows }, (_, row) => sold(row))],
        ['price', new Float64Array(rows)],
      ]),
    },
    places: Uint32Array.from({ length: rows }, (_, row) => row),
    declaration,
    truth: new Float64Array(rows),
    errors: Float64Array.from({ length: rows }, (_, row) => errors(row)),
    weights: undefined,
    holds: undefined,
  };
}

test('are quarters of the rows, in ascending order, with the mean error of each and its standard error', () => {
  const areas = Array.from({ length: 100 }, (_, row) => 99 - row);
  const segments = rangeSegmentsOf(
    held(areas, (row) => (99 - row >= 75 ? 10 + (row % 2) : 1)),
    ['area'],
  );
  expect(segments.map(({ value, rows }) => [value, rows])).toEqual([
    ['0 to 24', 25],
    ['25 to 49', 25],
    ['50 to 74', 25],
    ['75 to 99', 25],
  ]);
  expect(segments.map(({ error, isWorse }) => [error, isWorse])).toEqual([
    [1, false],
    [1, false],
    [1, false],
    [expect.closeTo(10 + 12 / 25, 12), true],
  ]);
  // Of 25 errors that are 10 thirteen times, and 11 twelve times.
  expect(segments[3]?.standardError).toBeCloseTo(Math.sqrt((13 / 25) * (12 / 25)) / 5, 12);
});

test('rows of the same value stay together, and those of which it is not known are a part of their own', () => {
  const areas = Array.from({ length: 100 }, (_, row) => (row < 60 ? 1 : row < 75 ? 2 + row : Number.NaN));
  const segments = rangeSegmentsOf(
    held(areas, () => 1),
    ['area'],
  );
  expect(segments.map(({ value, rows }) => [value, rows])).toEqual([
    ['1', 60],
    [null, 25],
  ]);
});

test('dates are told as dates, and a constant column tells nothing', () => {
  const segments = rangeSegmentsOf(
    held(Array(80).fill(7), () => 1),
    ['sold', 'area'],
  );
  expect(segments.map(({ column, value }) => [column.name, value])[0]).toEqual(['sold', '1970-01-01 to 1970-01-20']);
  expect(segments.some(({ column }) => column.name === 'area')).toBe(false);
});
