import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from '../../../../ml/checks/statistics/holm.ts';

test('corrects the smallest for all, the next for all but one, and keeps their order', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

test('is never below the p-value, nor above that of Bonferroni', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
      holm(pValues).forEach((corrected, i) => {
        const p = pValues[i] as number;
        expect(corrected).toBeGreaterThanOrEqual(p);
        expect(corrected).toBeLessThanOrEqual(Math.min(1, pValues.length * p));
      });
    }),
  );
});
