import fc from 'fast-check';
import { expect, test } from 'vitest';
import { residualList, shiftedQuantile, totalWeight } from '../../../ml/explain/residual-lists.ts';

const number = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
const weighted = fc.tuple(number, fc.integer({ min: 1, max: 4 }));
const shifted = fc.record({ shift: number, rows: fc.array(weighted, { minLength: 1, maxLength: 30 }) });
const cases = {
  lists: fc.array(shifted, { minLength: 1, maxLength: 6 }),
  scale: fc.constantFrom(0.25, 1, 3),
  share: fc.double({ min: 0, max: 0.999, noNaN: true }),
};

test('the quantile of shifted lists is that of all their values, sorted', () => {
  fc.assert(
    fc.property(cases.lists, cases.scale, cases.share, fc.boolean(), (given, scale, share, isWeighted) => {
      const lists = given.map(({ rows }) =>
        residualList(
          [],
          Float64Array.from(rows, ([residual]) => residual),
          isWeighted ? Float64Array.from(rows, ([, weight]) => weight) : undefined,
        ),
      );
      const values = given
        .flatMap(({ shift, rows }) =>
          rows.map(([residual, weight]) => ({ value: shift + scale * residual, weight: isWeighted ? weight : 1 })),
        )
        .sort((a, b) => a.value - b.value);
      const all = values.reduce((sum, { weight }) => sum + weight, 0);
      expect(totalWeight(lists)).toBe(all);
      let total = 0;
      const expected = values.find(({ weight }) => {
        total += weight;
        return total > share * all;
      });
      const shifts = given.map(({ shift }) => shift);
      expect(shiftedQuantile(lists, shifts, scale, share * all)).toBe(expected?.value);
    }),
  );
});

test('values that are not finite end the search', () => {
  const lists = [
    residualList([], Float64Array.of(1, 2, 3), undefined),
    residualList([], Float64Array.of(4), undefined),
  ];
  expect(shiftedQuantile(lists, [Number.NaN, 0], 1, 2)).toBeNaN();
  expect(shiftedQuantile(lists, [Infinity, Infinity], 1, 2)).toBe(Infinity);
});
