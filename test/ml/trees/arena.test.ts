import { expect, test } from 'vitest';
import { Arena } from '../../../ml/trees/arena.ts';

test('what is taken is zero, starts at a cache line, and stays as it is when more is taken', () => {
  const arena = new Arena();
  const first = arena.float64(3);
  first.set([1, 2, 3]);
  const second = arena.uint16(200_000);
  expect([first.byteOffset % 64, second.byteOffset % 64]).toEqual([0, 0]);
  expect([...first]).toEqual([1, 2, 3]);
  expect(second.every((value) => value === 0)).toBe(true);
  expect(second.byteOffset).toBeGreaterThanOrEqual(first.byteOffset + first.byteLength);
});

test('more than 4 GiB are refused in a sentence', () => {
  expect(() => new Arena().take(2 ** 32)).toThrow(/more than 4 GiB/);
});
