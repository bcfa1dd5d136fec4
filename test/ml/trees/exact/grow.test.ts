import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { rankColumns } from '../../../../ml/trees/exact/ranks.ts';
import type { ExactRules } from '../../../../ml/trees/exact/rules.ts';
import { applyTree, predictTree } from '../../../../ml/trees/trees.ts';
import { free, grown, leaves } from './grown.ts';

function grow(x: Matrix, y: Float64Array, rules: Partial<ExactRules> = {}, weights = new Float64Array(x.rows).fill(1)) {
  return grown(rankColumns(x), { y, weights }, { criterion: 'squared_error', ...free, ...rules });
}

/** How far targets are from what one leaf would say, by each criterion. */
const impurities = {
  squared_error: (y: number[]) => y.reduce((sum, value) => sum + (value - mean(y)) ** 2, 0),
  absolute_error: (y: number[]) => y.reduce((sum, value) => sum + Math.abs(value - median(y)), 0),
  poisson: (y: number[]) =>
    mean(y) === 0 ? Infinity : y.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value / mean(y)) : 0), 0),
};
const mean = (y: number[]) => y.reduce((sum, value) => sum + value, 0) / y.length;
const median = (y: number[]) => {
  const sorted = y.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
};

// The first column has two values, and so another way to be searched.
const row = fc.record({
  values: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })),
  y: fc.nat(8),
});
const samples = fc.array(row, { minLength: 3, maxLength: 25 });

describe.each(Object.entries(impurities))('%s', (criterion, impurity) => {
  test('the first split is the best of all', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 3 }), (rows, minSamplesLeaf) => {
        const x: Matrix = {
          rows: rows.length,
          columns: 2,
          data: Float64Array.from(rows.flatMap(({ values }) => values)),
        };
        const y = Float64Array.from(rows, ({ y }) => y);
        fc.pre(y.some((value) => value > 0));
        const { trees } = grow(x, y, { criterion: criterion as ExactRules['criterion'], maxDepth: 1, minSamplesLeaf });
        const error = (goesLeft: (row: (typeof rows)[number]) => boolean) => {
          const left = rows.filter(goesLeft).map(({ y }) => y);
          const right = rows.filter((row) => !goesLeft(row)).map(({ y }) => y);
          if (Math.min(left.length, right.length) < minSamplesLeaf) return Infinity;
          return impurity(left) + impurity(right);
        };
        let best = Infinity;
        for (const column of [0, 1] as const)
          for (let threshold = 0; threshold < 9; threshold++)
            best = Math.min(
              best,
              error(({ values }) => values[column] <= threshold),
            );
        if (leaves(trees) === 1) {
          // None is allowed, or there is nothing to gain.
          expect(best === Infinity || impurity([...y]) < 1e-9).toBe(true);
        } else {
          const [column, threshold] = [trees.feature[0] as 0 | 1, trees.threshold[0] as number];
          expect(error(({ values }) => values[column] <= threshold)).toBeCloseTo(best, 9);
        }
      }),
    );
  });
});

function noisy(rows: number, columns = 3) {
  const random = createRandom(rows);
  const x: Matrix = { rows, columns, data: Float64Array.from({ length: rows * columns }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => 4 * (x.data[i * columns] as number) + random.uniform());
  return { x, y };
}

test('without limits every row is told its own target', () => {
  const { x, y } = noisy(500);
  expect(predictTree(grow(x, y).trees, 0, x)).toEqual(y);
});

test('the leaf of each row is the one that it is sent to', () => {
  const { x, y } = noisy(300);
  const weights = Float64Array.from({ length: 300 }, (_, i) => i % 3);
  const { trees, leafOf } = grow(x, y, { maxDepth: 4 }, weights);
  applyTree(trees, 0, x).forEach((leaf, i) => {
    expect(leafOf[i]).toBe(weights[i] === 0 ? -1 : leaf);
  });
});

test('a row of weight two is a row that is there twice; one of weight zero is not there', () => {
  const { x, y } = noisy(200);
  const weights = Float64Array.from({ length: 200 }, (_, i) => i % 3);
  const order = [...weights.keys()].flatMap((i) => new Array<number>(weights[i] as number).fill(i));
  const repeated: Matrix = {
    rows: order.length,
    columns: 3,
    data: Float64Array.from(order.flatMap((i) => [...x.data.subarray(3 * i, 3 * i + 3)])),
  };
  const alone = grow(x, y, { maxDepth: 5 }, weights).trees;
  const both = grow(
    repeated,
    Float64Array.from(order, (i) => y[i] as number),
    { maxDepth: 5 },
  ).trees;
  predictTree(alone, 0, x).forEach((value, i) => {
    if (weights[i] !== 0) expect(value).toBeCloseTo(predictTree(both, 0, x)[i] as number, 9);
  });
});

test('depth, rows of leaves and splits, and gains are limited', () => {
  const { x, y } = noisy(400);
  const counts = (rules: Partial<ExactRules>) => {
    const { trees, leafOf } = grow(x, y, rules);
    const sizes = new Map<number, number>();
    for (const leaf of leafOf) sizes.set(leaf, (sizes.get(leaf) ?? 0) + 1);
    return { leaves: leaves(trees), least: Math.min(...sizes.values()), most: Math.max(...sizes.values()) };
  };
  expect(counts({ maxDepth: 3 }).leaves).toBe(8);
  expect(counts({ minSamplesLeaf: 30 }).least).toBeGreaterThanOrEqual(30);
  expect(counts({ minSamplesSplit: 30 }).most).toBeLessThan(30);
  expect(counts({ minImpurityDecrease: 0.1 }).leaves).toBeLessThan(counts({ minImpurityDecrease: 0.01 }).leaves);
});

test('pruning takes the weakest splits first, and in the end all of them', () => {
  const { x, y } = noisy(300);
  const sizes = [1e-9, 0.001, 0.003, 0.01, 0.1, 10].map((ccpAlpha) => leaves(grow(x, y, { ccpAlpha }).trees));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(sizes[0]).toBeGreaterThan(100);
  expect(sizes.at(-1)).toBe(1);
});

test('of columns that cannot split, others are drawn until one can', () => {
  const { x, y } = noisy(50, 1);
  const wide: Matrix = {
    rows: 50,
    columns: 40,
    data: Float64Array.from({ length: 50 * 40 }, (_, at) =>
      at % 40 === 17 ? (x.data[Math.floor(at / 40)] as number) : 3,
    ),
  };
  expect(predictTree(grow(wide, y, { maxFeatures: 1 }).trees, 0, wide)).toEqual(y);
});

test('values are near where they meet in a node, whatever lies between them elsewhere', () => {
  // Once the second column has taken out the row in the middle, the other two can be told apart.
  const x: Matrix = { rows: 3, columns: 2, data: Float64Array.of(0, 0, 9e-8, 1, 1.8e-7, 0) };
  for (const criterion of ['squared_error', 'absolute_error', 'poisson'] as const) {
    const { trees } = grow(x, Float64Array.of(1, 9, 2), { criterion });
    expect([...predictTree(trees, 0, x)]).toEqual([1, 9, 2]);
  }
  const alone: Matrix = { rows: 3, columns: 1, data: Float64Array.of(0, 9e-8, 1.8e-7) };
  expect(leaves(grow(alone, Float64Array.of(1, 9, 2)).trees)).toBe(1);
});

test('columns of a small scale are split where float32 and 1e-7 allow it', () => {
  const x: Matrix = { rows: 4, columns: 1, data: Float64Array.of(0, 5e-8, 2e-7, 2.4e-7) };
  const { trees } = grow(x, Float64Array.of(1, 2, 5, 6));
  expect([...predictTree(trees, 0, x)]).toEqual([1.5, 1.5, 5.5, 5.5]);
});

test('a Poisson tree has no leaf of nothing but zeros, however the sums are rounded', () => {
  // Expected is what scikit-learn 1.9.1 predicts.
  const x: Matrix = { rows: 6, columns: 1, data: Float64Array.of(1, 3, 2, 4, 0, 5) };
  const { trees } = grow(x, Float64Array.of(0.4, 2.3, 2.4, 0, 1.4, 0), { criterion: 'poisson', maxDepth: 1 });
  const third = 2.3 / 3;
  [1.4, third, 1.4, third, 1.4, third].forEach((expected, i) => {
    expect(predictTree(trees, 0, x)[i]).toBeCloseTo(expected, 12);
  });
  const random = createRandom(9);
  for (let round = 0; round < 200; round++) {
    const rows = 6 + random.below(40);
    const values = Float64Array.from({ length: rows * 2 }, (_, at) => (at % 2 ? random.below(2) : random.below(rows)));
    const y = Float64Array.from({ length: rows }, (_, i) =>
      i === 0 || random.uniform() < 0.3 ? 100 * random.uniform() : 0,
    );
    const { trees } = grow({ rows, columns: 2, data: values }, y, { criterion: 'poisson' });
    trees.threshold.forEach((value, node) => {
      if ((trees.feature[node] as number) < 0) expect(value).toBeGreaterThan(0);
    });
  }
});

test('the cover of a node is the weight of the rows that reach it, also where it was pruned', () => {
  const { x, y } = noisy(300);
  const weights = Float64Array.from({ length: 300 }, (_, i) => (i % 4) / 2);
  for (const rules of [{}, { ccpAlpha: 0.003 }, { criterion: 'absolute_error', maxDepth: 4 }] as const) {
    const { trees, leafOf } = grow(x, y, rules, weights);
    const { cover = expect.unreachable(), feature, left } = trees;
    expect(cover).toHaveLength(feature.length);
    const expected = new Float32Array(cover.length);
    leafOf.forEach((leaf, i) => {
      if (leaf >= 0) expected[leaf] = (expected[leaf] as number) + (weights[i] as number);
    });
    for (let node = feature.length - 1; node >= 0; node--) {
      const child = left[node] as number;
      if ((feature[node] as number) >= 0)
        expected[node] = (expected[child] as number) + (expected[child + 1] as number);
    }
    expect(cover).toEqual(expected);
  }
});
