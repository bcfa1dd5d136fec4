import { expect, test } from 'vitest';
import { freeBytes, ownBuffer } from '../../app/owned-bytes.ts';

test('bytes that have their memory to themselves are given back', () => {
  const bytes = new Uint8Array(1000);
  expect(ownBuffer(bytes)).toBe(bytes.buffer);
  freeBytes(bytes);
  expect(bytes.length).toBe(0);
});

test('bytes that share it are left alone', () => {
  const all = new Uint8Array(1000).fill(7);
  const some = all.subarray(10, 20);
  expect(ownBuffer(some)).toBeUndefined();
  freeBytes(some);
  freeBytes(new Uint8Array(new SharedArrayBuffer(8)));
  expect([all.length, some[0]]).toEqual([1000, 7]);
});
