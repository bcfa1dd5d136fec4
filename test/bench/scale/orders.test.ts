import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TARGET, writeOrders } from '../../../bench/scale/orders.ts';
import { openRows } from '../../../ml/data/sources/row-source.ts';
import { temporaryFolder } from '../../temporary.ts';

test('orders have 20 columns, some without a value, and are the same each time', async () => {
  const folder = temporaryFolder();
  const [one, other] = ['one.csv', 'other.csv'].map((name) => join(folder, name)) as [string, string];
  await writeOrders(one, 2500);
  await writeOrders(other, 2500);
  expect(readFileSync(one, 'utf8')).toBe(readFileSync(other, 'utf8'));
  const { header, rows } = await openRows(one);
  const read = await Array.fromAsync(rows);
  expect(header).toHaveLength(20);
  expect(header).toContain(TARGET);
  expect(read).toHaveLength(2500);
  expect(read.filter(({ problem }) => problem !== undefined)).toEqual([]);
  const lacking = header.filter((_, j) => read.some(({ cells }) => cells[j] === ''));
  expect(lacking).toEqual(['packed', 'weight', 'discount', 'age', 'visits', 'rating']);
  expect(new Set(read.map(({ cells }) => cells[0])).size).toBe(2500);
});
