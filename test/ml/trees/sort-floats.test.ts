import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortFloats } from '../../../ml/trees/sort-floats.ts';

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
