import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { buildKdTree } from '../../../../ml/estimators/neighbours/k-d-tree.ts';
import { NeighbourSearch } from '../../../../ml/estimators/neighbours/neighbour-search.ts';

test('a tree of any depth finds what looking at every row finds, bit by bit', () => {
  // Whole numbers tie often; the others show that no rounding makes a box farther than what is in it.
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -3, max: 3, noNaN: true }));
  const point = fc.array(value, { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 120 }),
      point,
      fc.record({
        k: fc.integer({ min: 1, max: 12 }),
        p: fc.constantFrom(1, 2),
        depth: fc.integer({ min: 1, max: 6 }),
      }),
      (points, at, { k, p, depth }) => {
        const x: Matrix = { rows: points.length, columns: 6, data: Float64Array.from(points.flat()) };
        const find = (depth: number) =>
          new NeighbourSearch(buildKdTree(x, depth), Math.min(k, x.rows), p).search(Float64Array.from(at), 0);
        const [found, expected] = [find(depth), find(0)];
        expect(found.rows).toEqual(expected.rows);
        expect(found.distances).toEqual(expected.distances);
      },
    ),
    { numRuns: 500 },
  );
});
