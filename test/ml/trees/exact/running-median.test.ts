import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunningMedian } from '../../../../ml/trees/exact/running-median.ts';

const rows = fc.array(fc.record({ y: fc.integer({ min: -6, max: 6 }), weight: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 40,
});

// A tenth is no binary fraction, and its sums are rounded.
test.each([1, 0.1, 1e-20])(
  'it is the median of what was added, each value by its weight in units of %f, and the error from it',
  (unit) => {
    fc.assert(
      fc.property(rows, (rows) => {
        const y = Float64Array.from(rows, ({ y }) => y);
        const median = new RunningMedian(y.length);
        median.begin(y);
        const byTarget = Uint32Array.from(rows.keys()).sort((a, b) => (y[a] as number) - (y[b] as number));
        median.enter(byTarget, 0, rows.length);
        const values: number[] = [];
        rows.forEach(({ y, weight }, row) => {
          median.add(row, weight * unit);
          for (let k = 0; k < weight; k++) values.push(y);
          values.sort((a, b) => a - b);
          const half = values.length / 2;
          const expected = ((values[Math.ceil(half) - 1] as number) + (values[Math.floor(half)] as number)) / 2;
          expect(median.value).toBeCloseTo(expected, 12);
          expect(median.error / unit).toBeCloseTo(
            values.reduce((sum, value) => sum + Math.abs(value - expected), 0),
            9,
          );
        });
        median.clear();
        expect([median.weight, median.error]).toEqual([0, 0]);
      }),
    );
  },
);
