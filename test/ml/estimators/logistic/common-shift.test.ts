import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestShift, centre, withoutCommonSteps } from '../../../../ml/estimators/logistic/common-shift.ts';

test('what numbers have best not in common makes their penalty the smallest', () => {
  const penalty = (values: Float64Array, shift: number, l1: number, l2: number) =>
    values.reduce((sum, value) => sum + l1 * Math.abs(value - shift) + (l2 / 2) * (value - shift) ** 2, 0);
  fc.assert(
    fc.property(
      fc.float64Array({ min: -9, max: 9, minLength: 2, maxLength: 7, noNaN: true }),
      fc.constantFrom(0, 0.5, 3),
      fc.constantFrom(0, 0.1, 2),
      (values, l1, l2) => {
        const shift = bestShift(values, l1, l2);
        const best = penalty(values, shift, l1, l2);
        // Of a convex function what is no worse than both sides is the smallest.
        for (const other of [shift - 1e-4, shift + 1e-4, 0])
          expect(best).toBeLessThanOrEqual(penalty(values, other, l1, l2) + 1e-12);
      },
    ),
  );
});

test('the mean, where nothing counts; nothing, where that is as good', () => {
  expect(bestShift(Float64Array.of(1, 2, 6), 0, 0)).toBe(3);
  expect(bestShift(Float64Array.of(-1, 5), 1, 0)).toBe(0);
  expect(bestShift(Float64Array.of(1, 2, 6), 1, 0)).toBe(2);
});

test('coefficients are centred place by place, and those that are not free stay 0', () => {
  const point = Float64Array.of(1, 2, 6, 4, 5, 9, 0, 0, 0);
  centre(point, 3, {
    l1: Float64Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0),
    l2: Float64Array.of(0, 0, 0, 1, 1, 1, 0, 0, 0),
    free: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0, 0),
  });
  expect(point).toEqual(Float64Array.of(-1, 0, 4, -2, -1, 3, 0, 0, 0));
});

test('steps have nothing in common where all of a place are free', () => {
  const steps = Float64Array.of(1, 2, 6, 4, 5, 0);
  expect(withoutCommonSteps(steps, 3, Uint8Array.of(1, 1, 1, 1, 1, 0))).toEqual(Float64Array.of(-2, -1, 3, 4, 5, 0));
  expect(withoutCommonSteps(Float64Array.of(7), 1, Uint8Array.of(1))).toEqual(Float64Array.of(7));
});
