import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { weightedMedians } from '../../../../ml/estimators/exact-trees/weighted-median.ts';
import { TreeBuilder } from '../../../../ml/trees/trees.ts';

// Few values, so that trees often tie.
const trees = fc.array(
  fc.record({ low: fc.integer({ min: -3, max: 3 }), high: fc.integer({ min: -3, max: 3 }), weight: fc.nat(4) }),
  { minLength: 1, maxLength: 40 },
);

test('it is the first tree in the order of values up to which there is half of the weight, of the first so many trees', () => {
  const x: Matrix = { rows: 2, columns: 1, data: Float64Array.of(0, 1) };
  fc.assert(
    fc.property(trees, fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (trees, given) => {
      const counts = given.toSorted((a, b) => a - b);
      const builder = new TreeBuilder();
      for (const { low, high } of trees) {
        const left = builder.split(builder.addTree(), 0, 0.5, false);
        builder.setLeaf(left, low);
        builder.setLeaf(left + 1, high);
      }
      const weights = Float64Array.from(trees, ({ weight }) => weight);
      const medians = weightedMedians(builder.build(), weights, x, counts);
      counts.forEach((count, k) => {
        const first = trees.slice(0, count);
        const half = first.reduce((sum, { weight }) => sum + weight, 0) / 2;
        const expected = (['low', 'high'] as const).map((side) => {
          const inOrder = first.toSorted((a, b) => a[side] - b[side]);
          let sum = 0;
          return inOrder.find(({ weight }) => {
            sum += weight;
            return sum >= half;
          })?.[side];
        });
        expect([...(medians[k] as Float64Array)]).toEqual(expected);
      });
    }),
  );
});
