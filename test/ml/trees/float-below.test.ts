import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floatBelow } from '../../../ml/trees/float-below.ts';

test.each([
  [1, 1 - 2 ** -24],
  [-1, -1 - 2 ** -23],
  [0, -(2 ** -149)],
  [2 ** -149, 0],
  [Infinity, (2 - 2 ** -23) * 2 ** 127],
])('below %d is %d', (value, below) => {
  expect(floatBelow(value)).toBe(below);
});

test('nothing lies between', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const below = floatBelow(value);
      expect(below).toBeLessThan(value);
      const between = (below + value) / 2;
      expect([below, value + 0]).toContain(Math.fround(between) + 0);
    }),
  );
});
