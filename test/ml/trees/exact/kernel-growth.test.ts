import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { ExactGrower } from '../../../../ml/trees/exact/grow.ts';
import { type Ranks, rankColumns } from '../../../../ml/trees/exact/ranks.ts';
import type { ExactRules } from '../../../../ml/trees/exact/rules.ts';
import { applyTree, TreeBuilder } from '../../../../ml/trees/trees.ts';

// Columns of two values, of the same rows and of others, of few values, of many, and one that is constant.
const row = fc.record({
  two: fc.integer({ min: 0, max: 1 }),
  few: fc.integer({ min: -2, max: 2 }),
  many: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  y: fc.oneof(fc.nat(5), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
  weight: fc.constantFrom(0, 1, 1, 1, 2, 0.3),
});
const samples = fc.array(row, { minLength: 3, maxLength: 60 }).filter((rows) => rows.some(({ weight }) => weight > 0));

const rules = fc.record({
  criterion: fc.constantFrom('squared_error' as const, 'friedman_mse' as const),
  maxDepth: fc.constantFrom(1, 3, Infinity),
  minSamplesSplit: fc.constantFrom(2, 5),
  minSamplesLeaf: fc.integer({ min: 1, max: 4 }),
  minImpurityDecrease: fc.constantFrom(0, 0.01, 1),
  maxFeatures: fc.constantFrom(1, 2, Infinity),
  ccpAlpha: fc.constantFrom(0, 0.5),
});

type Sample = { two: number; few: number; many: number; y: number; weight: number };

function matrixOf(rows: readonly Sample[]): Matrix {
  const data = rows.flatMap(({ two, few, many }) => [two, 1 - two, few, many, 7, Number(few > 0)]);
  return { rows: rows.length, columns: 6, data: Float64Array.from(data) };
}

function growTwo(ranks: Ranks, rules: ExactRules, rows: readonly Sample[]) {
  const grower = new ExactGrower(ranks, rules);
  const builder = new TreeBuilder();
  const random = createRandom(5);
  const weights = Float64Array.from(rows, ({ weight }) => weight);
  const leafOf = new Int32Array(rows.length).fill(-1);
  const note = (leaf: number, some: Uint32Array, start: number, end: number) =>
    some.subarray(start, end).forEach((row) => {
      leafOf[row] = leaf;
    });
  // The second one begins where the first one has left arrays and draws.
  grower.grow(builder, { y: Float64Array.from(rows, ({ y }) => -y), weights: weights.map(() => 1) }, random);
  grower.grow(builder, { y: Float64Array.from(rows, ({ y }) => y), weights }, random, note, note);
  return { trees: builder.build(), leafOf, placesOthers: grower.placesOthers };
}

describe('trees that the kernel grows', () => {
  test('are those that are grown by a criterion, to the last bit', () => {
    fc.assert(
      fc.property(samples, rules, (rows, rules) => {
        const ranks = rankColumns(matrixOf(rows));
        const inKernel = growTwo(ranks, rules, rows);
        // Where values may be too near to be told apart, the criterion has to look at them.
        const byCriterion = growTwo({ ...ranks, hasNear: ranks.hasNear.map(() => true) }, rules, rows);
        expect(byCriterion.placesOthers).toBe(false);
        expect(inKernel.placesOthers).toBe(!ranks.hasNear.includes(true));
        expect(inKernel.trees).toEqual(byCriterion.trees);
      }),
      { numRuns: 300 },
    );
  });

  test('tell the leaves of all rows, whether they have a weight or not', () => {
    fc.assert(
      fc.property(samples, rules, (rows, rules) => {
        const x = matrixOf(rows);
        const { trees, leafOf, placesOthers } = growTwo(rankColumns(x), rules, rows);
        if (placesOthers) expect(leafOf).toEqual(applyTree(trees, 1, x));
      }),
    );
  });
});
