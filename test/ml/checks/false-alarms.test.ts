// A short form of `npm run bench -- drift`: tables are drawn, and compared as npm run check-data does.

import { describe, expect, test } from 'vitest';
import { type Generator, generators } from '../../../bench/drift/generators.ts';
import { shifts } from '../../../bench/drift/shifts.ts';
import { alarmsOf, comparisonOf } from '../../../bench/drift/simulate.ts';
import { sizeOfShift } from '../../../ml/checks/shift-size.ts';
import { RandomStream } from '../../../ml/core/random-stream.ts';

const [normal] = generators as readonly [Generator, ...Generator[]];

describe('where nothing has changed, at most 5 % of tables have an alarm, over all columns together', () => {
  test.each([
    { rows: 8, referenceRows: 50, columns: 13, tables: 400 },
    { rows: 50, referenceRows: 50, columns: 13, tables: 400 },
    { rows: 50, referenceRows: 5000, columns: 13, tables: 100 },
    { rows: 200, referenceRows: 1000, columns: 52, tables: 60 },
    { rows: 20_000, referenceRows: 200, columns: 13, tables: 20 },
  ])('$rows rows beside $referenceRows, $columns columns', ({ rows, referenceRows, columns, tables }) => {
    const random = new RandomStream(rows + referenceRows);
    const drawn = Array.from({ length: columns }, (_, i) => generators[i % generators.length] as Generator);
    let alarms = 0;
    for (let i = 0; i < tables; i++)
      if (alarmsOf({ reference: drawn, current: drawn, referenceRows, rows }, random).length > 0) alarms += 1;
    expect(alarms / tables).toBeLessThanOrEqual(0.05);
  });
});

describe('what has changed is found, among 20 columns', () => {
  test.each([
    { name: 'mean moves by 2 deviations', rows: 20 },
    { name: 'mean moves by 1 deviation', rows: 50 },
    { name: 'mean moves by half a deviation', rows: 500 },
    { name: 'a level goes from 20 % to 80 %', rows: 30 },
    { name: 'a level goes from 20 % to 40 %', rows: 200 },
    { name: 'missing values go from 0 % to 10 %', rows: 100 },
  ])('$name, in $rows rows', ({ name, rows }) => {
    const shift = shifts.find((each) => each.name === name);
    if (!shift) throw new Error(`no shift ${name}`);
    const random = new RandomStream(rows);
    const beside = Array.from({ length: 19 }, () => normal);
    const draw = { reference: [shift.before, ...beside], current: [shift.now, ...beside], referenceRows: 1000, rows };
    let found = 0;
    for (let i = 0; i < 20; i++) if (alarmsOf(draw, random).includes('column_0')) found += 1;
    expect(found).toBeGreaterThanOrEqual(16);
  });
});

test('a tiny difference of many rows is more than chance, and no drift', () => {
  const nudged: Generator = { ...normal, draw: (random) => random.normal() + 0.03 };
  const rows = 100_000;
  const { columns } = comparisonOf(
    { reference: [normal], current: [nudged], referenceRows: rows, rows },
    new RandomStream(1),
  );
  const [compared] = [...columns.values()];
  expect(compared?.shift?.isSignificant).toBe(true);
  expect(compared && sizeOfShift(compared)).toBeUndefined();
});
