import { expect, test } from 'vitest';
import { bisectColumns } from '../../../ml/explain/bisect-columns.ts';

const columns = Array.from({ length: 10_000 }, (_, j) => `x${j}`);

/** Asks how far predictions move that are a sum of such shares of columns, and counts how often. */
function sumOf(shares: Readonly<Record<string, number>>) {
  const asked = { times: 0 };
  const movedBy = async (names: readonly string[]) => {
    asked.times += 1;
    return names.reduce((sum, name) => sum + (shares[name] ?? 0), 0);
  };
  return { movedBy, asked };
}

test('finds the few columns that move predictions among very many, by few questions', async () => {
  const { movedBy, asked } = sumOf({ x17: 1, x4242: 5, x9999: 2 });
  expect(await bisectColumns(columns, movedBy, 200)).toEqual(['x4242', 'x9999', 'x17']);
  expect(asked.times).toBeLessThanOrEqual(2 * 3 * Math.ceil(Math.log2(10_000)));
});

test('asks no more often than it may, and finds those that move them most first', async () => {
  const { movedBy, asked } = sumOf({ x17: 1, x4242: 5, x9999: 2 });
  expect(await bisectColumns(columns, movedBy, 30)).toEqual(['x4242']);
  expect(asked.times).toBe(30);
  const all = sumOf(Object.fromEntries(columns.map((name) => [name, 1])));
  await bisectColumns(columns, all.movedBy, 125);
  expect(all.asked.times).toBeLessThanOrEqual(125);
});

test('looks first where predictions are not finite, and ends where nothing moves them', async () => {
  const movedBy = async (names: readonly string[]) => (names.includes('x5') ? Number.NaN : names.length / 1e5);
  expect((await bisectColumns(columns, movedBy, 40))[0]).toBe('x5');
  expect(await bisectColumns(columns, async () => 0, 40)).toEqual([]);
});
