import { expect, test } from 'vitest';
import { makeFolds } from '../../../ml/data/folds.ts';
import type { Table } from '../../../ml/data/table.ts';
import { columnOf, takeRows } from '../../../ml/data/table.ts';
import { linear } from '../../../ml/estimators/linear/linear.ts';
import { Folds } from '../../../ml/selection/folds.ts';
import { houses } from '../../houses.ts';
import { houseTable, rows } from './house-table.ts';

test('what preprocessing learns in a fold comes from its training rows alone', () => {
  // One row is far away. Where it is held out, scaling must not know of it: the training rows' own
  // scaled column then has mean 0 and deviation 1, and the held-out row lies far outside.
  const area = (houseTable.columns.get('area') as Float64Array).slice();
  area[7] = 1e6;
  const table: Table = { rows, columns: new Map([...houseTable.columns, ['area', area]]) };
  const folds = new Folds(houses, table, makeFolds(rows, 5, 42), 42);
  let far = 0;
  for (let fold = 0; fold < 5; fold++) {
    const { learned, validation } = folds.encoded({ encoding: linear.encoding, fold });
    const { x } = learned;
    const scaled = Array.from({ length: x.rows }, (_, i) => x.data[i * x.columns] as number);
    expect(scaled.reduce((sum, value) => sum + value, 0) / scaled.length).toBeCloseTo(0, 9);
    expect(scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length).toBeCloseTo(1, 9);
    if (Math.max(...validation.x.data) > 1000) far += 1;
    else expect(Math.max(...scaled)).toBeGreaterThan(5);
  }
  expect(far).toBe(1);
});

test('rows of a table share its memory', () => {
  const some = takeRows(takeRows(houseTable, Uint32Array.of(5, 3, 8)), Uint32Array.of(2, 0));
  expect(some.columns).toBe(houseTable.columns);
  const area = columnOf(houseTable, 'area');
  expect([...columnOf(some, 'area')]).toEqual([area[8], area[5]]);
});
