import { expect, test } from 'vitest';
import { NumbersByHash } from '../../../ml/core/numbers-by-hash.ts';
import { RowHash } from '../../../ml/core/row-hash.ts';

const hash = new RowHash();
const hashes = Array.from({ length: 10_000 }, (_, i) => {
  hash.addNumber(i);
  return hash.take();
});

test('a hash has the number that it was given last, however many there are', () => {
  const numbers = new NumbersByHash();
  for (const [i, each] of hashes.entries()) {
    expect(numbers.get(each)).toBeUndefined();
    numbers.set(each, i);
  }
  for (const each of hashes.slice(0, 5000)) numbers.set(each, -1);
  expect(numbers.size).toBe(10_000);
  for (const [i, each] of hashes.entries()) expect(numbers.get(each)).toBe(i < 5000 ? -1 : i);
  expect([...numbers.numbers()].reduce((sum, each) => sum + each, 0)).toBe(7499.5 * 5000 - 5000);
});

test('others than those to keep are forgotten', () => {
  const numbers = new NumbersByHash();
  for (const [i, each] of hashes.entries()) numbers.set(each, i);
  const kept = new Set(hashes.slice(0, 100));
  numbers.keep((each) => kept.has(each));
  expect(numbers.size).toBe(100);
  for (const [i, each] of hashes.entries()) expect(numbers.get(each)).toBe(i < 100 ? i : undefined);
});
