import { expect, test } from 'vitest';
import { effectiveCount } from '../../../ml/core/effective-count.ts';

test.each([1e-320, 1e-300, 1, 0.1, 1e300, 1e307])(
  'counts rows by what their weights are to each other, as %s',
  (unit) => {
    expect(effectiveCount([unit, unit, unit])).toBeCloseTo(3, 9);
    expect(effectiveCount([unit, 0, 0, unit])).toBeCloseTo(2, 9);
  },
);

test('counts fewer where one weighs more than others', () => {
  expect(effectiveCount([3, 1])).toBe(16 / 10);
});
