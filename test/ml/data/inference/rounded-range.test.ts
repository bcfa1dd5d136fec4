import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundedRange } from '../../../../ml/data/inference/rounded-range.ts';

it.each([
  [
    { min: 18, max: 64, isWhole: true },
    { min: 5, max: 80 },
  ],
  [
    { min: 1, max: 5, isWhole: true },
    { min: 0, max: 6 },
  ],
  [
    { min: 12.5, max: 98_300.25, isWhole: false },
    { min: 0, max: 130_000 },
  ],
  [
    { min: -40, max: -2, isWhole: false },
    { min: -50, max: 0 },
  ],
  [
    { min: 0.02, max: 0.97, isWhole: false },
    { min: 0, max: 1 },
  ],
  [
    { min: 3, max: 100, isWhole: true, unit: '%' },
    { min: 0, max: 100 },
  ],
  [
    { min: 3, max: 100, isWhole: true, unit: 'km' },
    { min: 0, max: 130 },
  ],
])('of %j is %j', (seen, range) => {
  expect(roundedRange(seen)).toEqual(range);
});

it('holds what was seen', () => {
  const number = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.boolean(), (a, b, isWhole) => {
      const [one, other] = isWhole ? [Math.round(a), Math.round(b)] : [a, b];
      const [min, max] = [Math.min(one, other), Math.max(one, other)];
      const range = roundedRange({ min, max, isWhole });
      return (range.min ?? -Infinity) <= min && (range.max ?? Infinity) >= max;
    }),
  );
});
