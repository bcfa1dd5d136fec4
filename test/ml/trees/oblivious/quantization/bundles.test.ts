import { expect, test } from 'vitest';
import { bundlesOf } from '../../../../../ml/trees/oblivious/quantization/bundles.ts';

const column = (...bins: number[]) => ({ bins: Uint8Array.from(bins), binCount: Math.max(...bins) + 1 });

test('columns that are never out of bin 0 together are bundled', () => {
  const columns = [column(0, 0, 1, 2), column(1, 0, 0, 0), column(0, 1, 1, 0)];
  expect(bundlesOf(columns)).toEqual([[0, 1]]);
  expect(bundlesOf([columns[0], undefined, columns[1]])).toEqual([[0, 2]]);
});

test('a column joins its neighbour before others', () => {
  const columns = [column(2, 0, 0, 0), column(1, 0, 1, 0), column(0, 0, 0, 2), column(0, 1, 0, 0)];
  // In order: 1 shares a row with 0; 2 is beside 1.
  expect(bundlesOf(columns)).toEqual([[1, 2, 3]]);
});

test('fewer than four columns of two bins are not worth a bundle of their own', () => {
  const one = (row: number) => column(...[0, 1, 2, 3].map((at) => (at === row ? 1 : 0)));
  expect(bundlesOf([one(0), one(1), one(2)])).toEqual([]);
  expect(bundlesOf([one(0), one(1), one(2), one(3)])).toEqual([[0, 1, 2, 3]]);
});

test('no bundle has more than 1,023 bins but 0, and none has one column alone', () => {
  const large = { bins: Uint8Array.of(1, 0, 0), binCount: 900 };
  const other = { bins: Uint8Array.of(0, 1, 0), binCount: 200 };
  expect(bundlesOf([large, other])).toEqual([]);
  expect(bundlesOf([large, { ...other, binCount: 124 }])).toEqual([[0, 1]]);
  expect(bundlesOf([large])).toEqual([]);
  expect(bundlesOf([])).toEqual([]);
});
