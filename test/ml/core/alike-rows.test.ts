import { expect, test } from 'vitest';
import { AlikeRows } from '../../../ml/core/alike-rows.ts';
import { RowHash } from '../../../ml/core/row-hash.ts';

/** Rows of which each different one comes twice, the second time with another value in one of five cases. */
function counted(different: number, most: number): AlikeRows {
  const rows = new AlikeRows(most);
  const hash = new RowHash();
  const add = (row: number, value: number) => {
    hash.addNumber(row);
    rows.add(hash.take(), value);
  };
  for (let row = 0; row < different; row++) {
    add(row, 1);
    add(row, row % 5 === 0 ? 2 : 1);
  }
  return rows;
}

test('rows that are like an earlier one are counted, and those of them that say something else', () => {
  const rows = counted(1000, 1000);
  expect([rows.repeated, rows.differing, rows.isExact]).toEqual([1000, 200, true]);
});

test('of more different rows than are told apart a share is looked at, and stands for all', () => {
  const rows = counted(100_000, 4000);
  expect(rows.isExact).toBe(false);
  expect(rows.repeated / 100_000).toBeCloseTo(1, 1);
  expect(rows.differing / 20_000).toBeCloseTo(1, 0);
});

test('nothing is alike among very many rows that differ', () => {
  const rows = new AlikeRows(100);
  const hash = new RowHash();
  for (let row = 0; row < 10_000; row++) {
    hash.addNumber(row);
    rows.add(hash.take());
  }
  expect([rows.repeated, rows.differing]).toEqual([0, 0]);
});
