import { expect, test } from 'vitest';
import { farOut } from '../../../../ml/data/inference/far-out.ts';
import { cells, decideRows } from './decide-rows.ts';

const counted = (values: readonly number[]) => values.map((value) => ({ text: String(value), count: 1, value }));
const usual = Array.from({ length: 99 }, (_, i) => (i % 40) / 10);

test('a number of the target is told of that is out of all proportion', async () => {
  const y = cells(100, (i) => (i === 50 ? 1e12 : (i % 40) / 10 + i / 1000));
  const { decisions } = await decideRows({ a: cells(100, (i) => (i * 7919) % 1009), y }, { target: 'y' });
  expect(decisions.find(({ column }) => column === 'y')?.look).toEqual([
    expect.stringContaining('1000000000000 in one row is more than 1,000 times as far out'),
  ]);
});

test('several are counted, on both sides', () => {
  const values = [...usual, ...usual, 1e9, -1e9];
  expect(farOut(counted(values))).toEqual([expect.stringContaining('-1000000000, 1000000000 in 2 rows are')]);
});

test('nothing is told of long tails, of most rows alike, or where many are far out', () => {
  expect(farOut(counted([...usual, 300]))).toEqual([]);
  expect(farOut(counted(Array.from({ length: 1000 }, (_, i) => Math.exp(i / 100))))).toEqual([]);
  expect(farOut([{ text: '0', count: 95, value: 0 }, ...counted([95, 96, 97, 98, 99])])).toEqual([]);
  expect(farOut(counted([...usual, 1e9, 2e9, 3e9, 4e9, 5e9]))).toEqual([]);
  expect(farOut([])).toEqual([]);
});
