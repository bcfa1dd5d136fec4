import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/core/matrix.ts';
import { ClassSharesBuilder, shareAt } from '../../../ml/trees/class-shares.ts';
import { stagedShares } from '../../../ml/trees/sum-shares.ts';
import { TreeBuilder } from '../../../ml/trees/trees.ts';

test('a place says the share of every class, of those that a leaf lacks 0', () => {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 9, noNaN: true })), {
    minLength: 5,
    maxLength: 5,
  });
  const some = fc.array(
    weights.filter((own) => own.some((weight) => weight > 0)),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(some, (leaves) => {
      const builder = new ClassSharesBuilder(5);
      const places = leaves.map((own) => builder.add(Float64Array.from(own)));
      const shares = builder.build();
      leaves.forEach((own, i) => {
        const sum = own.reduce((sum, weight) => sum + weight, 0);
        for (let k = 0; k < 5; k++)
          expect(shareAt(shares, places[i] as number, k)).toBeCloseTo((own[k] as number) / sum, 12);
      });
    }),
  );
});

test('leaves of one class share a place, so that memory grows with what leaves mix, not with the classes', () => {
  const builder = new ClassSharesBuilder(100);
  const alone = (k: number) => Float64Array.from({ length: 100 }, (_, own) => (own === k ? 3 : 0));
  const places = Array.from({ length: 10_000 }, (_, i) => builder.add(alone(i % 7)));
  expect(new Set(places).size).toBe(7);
  expect(builder.build().shares).toHaveLength(7);
});

test('the shares that trees say are summed tree by tree, as far as is asked', () => {
  const shares = new ClassSharesBuilder(3);
  const builder = new TreeBuilder();
  for (const threshold of [0, 1, 2]) {
    const left = builder.split(builder.addTree(), 0, threshold, false);
    builder.setLeaf(left, shares.add(Float64Array.of(1, 0, 0)));
    builder.setLeaf(left + 1, shares.add(Float64Array.of(0, 1, 3)));
  }
  const trees = { ...builder.build(), shares: shares.build() };
  const x: Matrix = { rows: 600, columns: 1, data: Float64Array.from({ length: 600 }, (_, i) => i % 4) };
  const [first = expect.unreachable(), all = expect.unreachable()] = stagedShares(trees, x, [1, 9]);
  const ofRow = (values: Float64Array, i: number) => [...values.subarray(3 * i, 3 * i + 3)];
  expect(ofRow(first, 0)).toEqual([1, 0, 0]);
  expect(ofRow(first, 597)).toEqual([0, 0.25, 0.75]);
  expect(ofRow(all, 4)).toEqual([3, 0, 0]);
  expect(ofRow(all, 597)).toEqual([2, 0.25, 0.75]);
  expect(ofRow(all, 599)).toEqual([0, 0.75, 2.25]);
});
