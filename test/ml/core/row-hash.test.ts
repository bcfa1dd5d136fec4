import { expect, test } from 'vitest';
import { RowHash } from '../../../ml/core/row-hash.ts';

function hashOf(...values: (number | string)[]): number {
  const hash = new RowHash();
  for (const value of values) {
    if (typeof value === 'number') hash.addNumber(value);
    else hash.addText(value);
  }
  return hash.take();
}

test('a hash tells rows apart by what they hold, and in which column', () => {
  const rows = [
    [1, 2],
    [2, 1],
    [1, 2.000001],
    ['a', 'b'],
    ['ab', ''],
    ['', 'ab'],
    [Number.NaN, 1],
    [1, Number.NaN],
    [0, 1],
  ];
  expect(new Set(rows.map((row) => hashOf(...row))).size).toBe(rows.length);
  expect(hashOf(-0, 1)).toBe(hashOf(0, 1));
  expect(hashOf(Number.NaN, 'a')).toBe(hashOf(Number.NaN, 'a'));
});

test('hashes are whole numbers that a double holds, and differ for all of many rows', () => {
  const seen = new Set<number>();
  for (let i = 0; i < 100_000; i++) {
    const hash = hashOf(i % 317, Math.floor(i / 317));
    expect(Number.isSafeInteger(hash)).toBe(true);
    seen.add(hash);
  }
  expect(seen.size).toBe(100_000);
});
