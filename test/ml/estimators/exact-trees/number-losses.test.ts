import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberLoss } from '../../../../ml/estimators/exact-trees/number-losses.ts';

const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 4 })), { minLength: 1 });

test.each(['squared_error', 'absolute_error', 'huber', 'quantile'] as const)(
  '%s: a residual of weight w counts as the residual w times',
  (name) => {
    fc.assert(
      fc.property(rows, (rows) => {
        const weighted = {
          values: Float64Array.from(rows, ([value]) => value),
          weights: Float64Array.from(rows, ([, weight]) => weight),
        };
        const values = Float64Array.from(rows.flatMap(([value, weight]) => new Array<number>(weight).fill(value)));
        const [one, other] = [numberLoss(name, 0.75), numberLoss(name, 0.75)];
        one.prepare?.(weighted);
        other.prepare?.({ values });
        const nothing = (rows: number) => [new Float64Array(rows)];
        expect(one.leafValue(weighted)).toBeCloseTo(other.leafValue({ values }), 9);
        expect(one.mean(weighted, nothing(rows.length))).toBeCloseTo(other.mean({ values }, nothing(values.length)), 9);
        for (const residual of [-3, 0, 0.5]) expect(one.gradient?.(residual)).toBe(other.gradient?.(residual));
      }),
    );
  },
);

test('boosting starts from the mean, or from the quantile, by weight', () => {
  const targets = { values: Float64Array.of(1, 2, 10), weights: Float64Array.of(1, 0.5, 2.5) };
  expect(numberLoss('squared_error', 0.5).initial(targets)).toEqual([27 / 4]);
  expect(numberLoss('absolute_error', 0.5).initial(targets)).toEqual([10]);
  expect(numberLoss('quantile', 0.25).initial(targets)).toEqual([1]);
  expect(numberLoss('quantile', 0.3).initial(targets)).toEqual([2]);
});
