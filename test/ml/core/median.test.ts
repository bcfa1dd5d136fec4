import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOf } from '../../../ml/core/median.ts';

const of = (...values: number[]) => Float64Array.from(values);

test('it is the middle value, or the mean of the two in the middle', () => {
  expect(medianOf(of(5, 1, 3))).toBe(3);
  expect(medianOf(of(5, 1, 3, 4))).toBe(3.5);
  expect(medianOf(of(Number.MAX_VALUE, Number.MAX_VALUE))).toBe(Number.MAX_VALUE);
  expect(medianOf(of())).toBe(0);
});

// A tenth is no binary fraction, and its sums are rounded.
test.each([1, 0.1, 1e-300])('a weight says how often a value counts, in units of %f', (unit) => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 4 })), { minLength: 1 });
  fc.assert(
    fc.property(rows, (rows) => {
      const values = Float64Array.from(rows, ([value]) => value);
      const weights = Float64Array.from(rows, ([, weight]) => weight * unit);
      const repeated = rows.flatMap(([value, weight]) => new Array<number>(weight).fill(value));
      expect(medianOf(values, weights)).toBe(medianOf(Float64Array.from(repeated)));
    }),
  );
});
