import type { Table } from '../../../ml/data/table.ts';

/** How many rows the table has. */
export const rows = 53;

const series = (value: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => value(i));

/** Houses whose price is 2 area + 5 rooms. */
export const houseTable: Table = {
  rows,
  columns: new Map([
    ['area', series((i) => 20 + ((i * 37) % 200))],
    ['rooms', series((i) => 1 + (i % 9))],
    ['heating', series((i) => i % 3)],
    ['price', series((i) => 2 * (20 + ((i * 37) % 200)) + 5 * (1 + (i % 9)))],
  ]),
};
