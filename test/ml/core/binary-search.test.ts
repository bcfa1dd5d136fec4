import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound, upperBound } from '../../../ml/core/binary-search.ts';

test('a bound is the place that looking at every value finds', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: -1, max: 21 }), fc.nat(40), (unsorted, value, start) => {
      const sorted = Float64Array.from(unsorted).sort();
      const from = Math.min(start, sorted.length);
      const first = (holds: (other: number) => boolean) => {
        const at = sorted.findIndex((other, place) => place >= from && holds(other));
        return at < 0 ? sorted.length : at;
      };
      expect(lowerBound(sorted, value, from)).toBe(first((other) => other >= value));
      expect(upperBound(sorted, value, from)).toBe(first((other) => other > value));
    }),
  );
});

test('it looks no further than it is told', () => {
  const sorted = Uint32Array.of(1, 2, 2, 3);
  expect(lowerBound(sorted, 9, 1, 3)).toBe(3);
  expect(upperBound(sorted, 2, 0, 2)).toBe(2);
});
