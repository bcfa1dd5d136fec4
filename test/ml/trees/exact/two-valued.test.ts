import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodeRows } from '../../../../ml/trees/exact/node-rows.ts';
import { rankColumns } from '../../../../ml/trees/exact/ranks.ts';

// A column, the same turned around, another, a constant one and one of more values: some share their counts.
const row = fc.record({
  a: fc.nat(1),
  b: fc.nat(1),
  c: fc.nat(5),
  weight: fc.nat(2),
  y: fc.integer({ min: -4, max: 4 }),
});

test('of each column of two values the rows of the rarer one are counted and summed up', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
      const columns = rows.map(({ a, b, c }) => [a, 1 - a, b, 7, c]);
      const ranks = rankColumns({ rows: rows.length, columns: 5, data: Float64Array.from(columns.flat()) });
      const nodeRows = new NodeRows(ranks, Number.POSITIVE_INFINITY);
      const count = nodeRows.begin(Float64Array.from(rows, ({ weight }) => weight));
      const { twoValued, nodePairs } = nodeRows;
      const members = [...nodeRows.rows.subarray(0, count)];
      members.forEach((member, at) => {
        const { weight, y } = rows[member] as (typeof rows)[number];
        nodePairs.set([weight, weight * y], 2 * at);
      });
      twoValued.count(nodeRows.rows, 0, count, nodePairs.byteOffset);
      for (let column = 0; column < 5; column++) {
        const few = new Set(columns.map((values) => values[column])).size <= 2;
        expect(twoValued.has(column)).toBe(few);
        if (!few) continue;
        const rarer = members
          .filter((member) => ranks.ranks[column * rows.length + member] === twoValued.rarer(column))
          .map((member) => rows[member] as (typeof rows)[number]);
        expect(twoValued.rows(column)).toBe(rarer.length);
        expect(twoValued.weight(column)).toBe(rarer.reduce((sum, { weight }) => sum + weight, 0));
        expect(twoValued.target(column)).toBeCloseTo(
          rarer.reduce((sum, { weight, y }) => sum + weight * y, 0),
          12,
        );
      }
    }),
  );
});
