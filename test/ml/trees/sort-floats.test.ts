import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedOrder, sortFloats } from '../../../ml/trees/sort-floats.ts';

test('it sorts as comparing does, infinities included', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true, maxLength: 500 }), (values) => {
      // −0 and 0 are equal, and either may come first.
      const plain = values.map((value) => value + 0);
      expect(sortFloats(plain.slice())).toEqual(plain.sort());
    }),
  );
});

test('a view is sorted within its bounds', () => {
  const values = Float32Array.of(9, 3, -1, 2, -9);
  expect([...sortFloats(values.subarray(1, 4))]).toEqual([-1, 2, 3]);
  expect([...values]).toEqual([9, -1, 2, 3, -9]);
});

test('the order of places is that of comparing, equal numbers in theirs', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true, maxLength: 300 }), (values) => {
      const plain = values.map((value) => value + 0);
      const places = [...plain.keys()].sort((a, b) => Number(plain[a]) - Number(plain[b]) || a - b);
      fc.pre(plain.every(Number.isFinite));
      expect([...sortedOrder(plain)]).toEqual(places);
    }),
  );
});
