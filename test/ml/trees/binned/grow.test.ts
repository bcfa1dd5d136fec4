import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { ColumnSampler } from '../../../../ml/trees/binned/column-sampler.ts';
import { type GrowRules, TreeGrower } from '../../../../ml/trees/binned/grow.ts';
import type { Layout } from '../../../../ml/trees/binned/layout.ts';
import { sumTrees } from '../../../../ml/trees/sum-trees.ts';
import { applyTree, TreeBuilder, type Trees, treesOfClass } from '../../../../ml/trees/trees.ts';

const rules: GrowRules = {
  policy: 'depthwise',
  maxDepth: 6,
  maxLeaves: 0,
  alpha: 0,
  lambda: 1,
  gamma: 0,
  minChildWeight: 1,
  maxDeltaStep: 0,
  learningRate: 1,
  maxBins: 256,
};

function makeRows(rows: number, columns: number): Matrix {
  const random = createRandom(rows);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => random.uniform()) };
}

const targetAt = (x: Matrix, i: number) =>
  10 * (x.data[i * x.columns] as number) ** 2 + ((x.data[i * x.columns + 1] as number) > 0.5 ? 3 : -3);

interface Growing {
  readonly trees?: number;
  readonly threads?: number;
  readonly drawn?: readonly number[];
  /** What gradients are multiplied by; hessians too, which are there then. */
  readonly weights?: readonly number[];
  readonly layout?: Layout;
  readonly target?: typeof targetAt;
}

function grow(
  x: Matrix,
  more: Partial<GrowRules> = {},
  { trees = 1, threads = 1, drawn, weights, layout = 'paired', target = targetAt }: Growing = {},
): Trees {
  const grower = new TreeGrower(x, { ...rules, ...more }, { layout: weights ? layout : 'counted', threads });
  const [{ gradients, hessians, predictions } = expect.unreachable()] = grower.outputs;
  try {
    const builder = new TreeBuilder();
    const sampler = new ColumnSampler(x.columns, { byTree: 1, byLevel: 1, byNode: 1 }, createRandom(1));
    if (drawn) grower.drawn.set(drawn);
    if (weights) hessians?.set(weights);
    for (let t = 0; t < trees; t++) {
      for (let i = 0; i < x.rows; i++) {
        gradients[i] = ((predictions[i] as number) - target(x, i)) * (weights?.[i] ?? 1);
      }
      grower.grow(builder, sampler);
    }
    const built = builder.build();
    const sums = sumTrees(built, x, 0);
    // What the rows were told while they stood in their leaves is what the finished trees tell them.
    predictions.forEach((value, i) => {
      expect(value).toBeCloseTo(sums[i] as number, 4);
    });
    return built;
  } finally {
    grower.close();
  }
}

const leaves = ({ feature }: Trees) => feature.filter((column) => column < 0).length;

test.each<Layout>(['counted', 'paired', 'packed'])(
  'any number of threads grows the same trees, to the byte: %s',
  (layout) => {
    const x = makeRows(100_000, 20);
    const weights = layout !== 'counted' ? Array.from({ length: x.rows }, (_, i) => 0.5 + (i % 7) / 3) : undefined;
    const growing = { trees: 3, layout, ...(weights && { weights }) };
    const alone = grow(x, {}, growing);
    expect(leaves(alone)).toBeGreaterThan(100);
    expect(grow(x, {}, { ...growing, threads: 2 })).toEqual(alone);
    expect(grow(x, {}, { ...growing, threads: 3 })).toEqual(alone);
  },
);

test('hessians that are all 1 grow the trees that none grow', () => {
  const x = makeRows(2_000, 5);
  expect(grow(x, {}, { trees: 3, weights: new Array(2_000).fill(1) })).toEqual(grow(x, {}, { trees: 3 }));
});

test('a row that weighs 2 is a row that is there twice', () => {
  const x = makeRows(300, 3);
  const twice: Matrix = { rows: 600, columns: 3, data: Float64Array.of(...x.data, ...x.data) };
  const weights = Array.from({ length: 300 }, (_, i) => 1 + (i % 2));
  const drawn = Array.from({ length: 600 }, (_, i) => (i < 300 || i % 2 === 1 ? 1 : 0));
  expect(grow(twice, {}, { drawn })).toEqual(grow(x, {}, { weights }));
});

test('a row that is not drawn follows the others and teaches nothing', () => {
  const x = makeRows(200, 2);
  const half: Matrix = { rows: 100, columns: 2, data: x.data.slice(0, 200) };
  const drawn = Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0));
  const [with_, without] = [grow(x, {}, { drawn }), grow(half)];
  // Cuts are found in all rows, so thresholds may lie elsewhere between the same rows.
  expect(applyTree(with_, 0, half)).toEqual(applyTree(without, 0, half));
});

test('depth, leaves and the rows of a leaf are limited', () => {
  const x = makeRows(2_000, 4);
  expect(leaves(grow(x, { maxDepth: 3 }))).toBe(8);
  for (const policy of ['depthwise', 'lossguide'] as const) {
    for (const maxLeaves of [2, 9, 30]) expect(leaves(grow(x, { policy, maxLeaves, maxDepth: 0 }))).toBe(maxLeaves);
  }
  const tree = grow(x, { minChildWeight: 100, maxDepth: 0 });
  const counts = new Map<number, number>();
  for (const leaf of applyTree(tree, 0, x)) counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(100);
});

test('the best leaf first fits a lopsided target better than the least deep first, for as many leaves', () => {
  const x = makeRows(2_000, 2);
  const target = ({ data }: Matrix, i: number) =>
    ((data[2 * i] as number) > 0.9 ? 100 : 1) * (data[2 * i + 1] as number);
  const error = (policy: GrowRules['policy']) =>
    sumTrees(grow(x, { policy, maxLeaves: 9, maxDepth: 0 }, { target }), x, 0).reduce(
      (sum, value, i) => sum + (value - target(x, i)) ** 2,
      0,
    );
  expect(error('lossguide')).toBeLessThan(error('depthwise'));
});

test('a tree without limits gives every row its own leaf, far more of them than fit into a batch', () => {
  const x = makeRows(3_000, 3);
  const tree = grow(x, { maxDepth: 0, lambda: 0, maxBins: 256 });
  const sums = sumTrees(tree, x, 0);
  let worst = 0;
  for (let i = 0; i < x.rows; i++) worst = Math.max(worst, Math.abs((sums[i] as number) - targetAt(x, i)));
  expect(leaves(tree)).toBeGreaterThan(2_000);
  expect(worst).toBeLessThan(0.1);
});

test('more columns than a cache line holds are as good as fewer', () => {
  const x = makeRows(300, 300);
  expect(leaves(grow(x, { maxDepth: 2 }))).toBe(4);
});

test('the cover of a node is the sum of the hessians of the rows that reach it', () => {
  const x = makeRows(2_000, 3);
  const weights = Array.from({ length: x.rows }, (_, i) => (i % 5) / 4);
  const drawn = Array.from({ length: x.rows }, (_, i) => Number(i % 3 > 0));
  for (const growing of [{}, { drawn }, { weights, drawn }]) {
    for (const policy of ['depthwise', 'lossguide'] as const) {
      const trees = grow(x, { policy, maxLeaves: 12, minChildWeight: 0 }, { trees: 2, ...growing });
      const { cover = expect.unreachable(), feature, left, roots } = trees;
      const expected = new Float64Array(feature.length);
      for (const tree of roots.keys()) {
        applyTree(trees, tree, x).forEach((leaf, i) => {
          const { weights: own, drawn: taken } = { weights: undefined, drawn: undefined, ...growing };
          expected[leaf] = (expected[leaf] as number) + (taken?.[i] ?? 1) * (own?.[i] ?? 1);
        });
      }
      for (let node = feature.length - 1; node >= 0; node--) {
        const child = left[node] as number;
        if ((feature[node] as number) >= 0)
          expected[node] = (expected[child] as number) + (expected[child + 1] as number);
      }
      cover.forEach((weight, node) => {
        expect(weight).toBeCloseTo(expected[node] as number, 3);
      });
    }
  }
});

test('packed sums are as good as exact ones, and mostly come to the same', () => {
  const x = makeRows(20_000, 4);
  const weights = Array.from({ length: x.rows }, (_, i) => 0.05 + (i % 5) / 25);
  const sumsOf = (layout: Layout) => sumTrees(grow(x, {}, { trees: 5, weights, layout }), x, 0);
  const [paired, packed] = [sumsOf('paired'), sumsOf('packed')];
  const lossOf = (sums: Float64Array) =>
    sums.reduce((loss, sum, i) => loss + (weights[i] as number) * (sum - targetAt(x, i)) ** 2, 0);
  expect(lossOf(packed)).toBeLessThan(1.02 * lossOf(paired));
  const differences = packed.map((value, i) => Math.abs(value - (paired[i] as number))).sort();
  expect(differences[x.rows / 2]).toBeLessThan(1e-3);
});

test('packed sums of numbers far below the largest are right on average', () => {
  // A few large gradients set the unit; those of the other rows are far smaller than it, and not to be lost.
  const x: Matrix = { rows: 40_000, columns: 1, data: Float64Array.from({ length: 40_000 }, (_, i) => i % 8) };
  const weights = Array.from({ length: x.rows }, (_, i) => (i % 8 === 0 ? 1 : 1e-6));
  const target = (_: Matrix, i: number) => (i % 8 === 0 ? 1 : (i % 8) + 2);
  const growing = { weights, target, layout: 'packed' } as const;
  const sums = sumTrees(grow(x, { lambda: 0, minChildWeight: 0, maxDepth: 8 }, growing), x, 0);
  for (let i = 0; i < 8; i++) expect(sums[i]).toBeCloseTo(target(x, i), 0);
});

test('each output has trees and predictions of its own', () => {
  const x = makeRows(500, 3);
  const targets = [targetAt, (_: Matrix, i: number) => i % 7] as const;
  const grower = new TreeGrower(x, rules, { layout: 'counted', outputs: 2, threads: 1 });
  const builder = new TreeBuilder();
  const sampler = new ColumnSampler(x.columns, { byTree: 1, byLevel: 1, byNode: 1 }, createRandom(1));
  for (let round = 0; round < 3; round++) {
    grower.outputs.forEach(({ gradients, predictions }, output) => {
      gradients.forEach((_, i) => {
        gradients[i] = (predictions[i] as number) - (targets[output] as typeof targetAt)(x, i);
      });
    });
    for (const output of [0, 1]) grower.grow(builder, sampler, { output });
  }
  grower.close();
  const trees = builder.build();
  targets.forEach((target, output) => {
    const own = treesOfClass(trees, output, 2);
    const alone = grow(x, {}, { trees: 3, target });
    expect(sumTrees(own, x, 0)).toEqual(sumTrees(alone, x, 0));
  });
});
