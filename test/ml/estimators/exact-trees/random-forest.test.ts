import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { decisionTree } from '../../../../ml/estimators/exact-trees/decision-tree.ts';
import { randomForest } from '../../../../ml/estimators/exact-trees/random-forest.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

type Params = Parameters<typeof randomForest.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) => resolveParams('f', randomForest.params, given) as unknown as Params;
const treeParams = resolveParams('t', decisionTree.params) as unknown as Parameters<
  typeof decisionTree.fit
>[0]['params'];

const random = createRandom(5);
const x: Matrix = { rows: 300, columns: 2, data: Float64Array.from({ length: 600 }, () => random.uniform()) };
const y = Float64Array.from({ length: 300 }, (_, i) => 5 * (x.data[2 * i] as number) + random.uniform());

test('without chance it is one tree, many times', () => {
  const forest = randomForest.fit({ x, y, params: paramsWith({ n_estimators: 3, bootstrap: false }), seed: 1 });
  const tree = decisionTree.predict(decisionTree.fit({ x, y, params: treeParams, seed: 1 }), x).values;
  randomForest.predict(forest, x).values.forEach((value, i) => {
    expect(value).toBeCloseTo(tree[i] as number, 12);
  });
});

test('the score out of bag is near that on other rows, and far from that on its own', () => {
  const { oob_score } = randomForest.fit({ x, y, params: paramsWith({ oob_score: true }), seed: 1 });
  // A fifth of the range is noise: R² can be about 0.96.
  expect(oob_score).toBeGreaterThan(0.93);
  expect(oob_score).toBeLessThan(0.97);
  expect(randomForest.fit({ x, y, params: paramsWith({}), seed: 1 }).oob_score).toBeNull();
  expect(
    randomForest.fit({ x, y, params: paramsWith({ oob_score: true, bootstrap: false }), seed: 1 }).oob_score,
  ).toBeNull();
});

test('a tree draws as many rows as it is told', () => {
  const { trees } = randomForest.fit({ x, y, params: paramsWith({ n_estimators: 20, max_samples: 3 }), seed: 1 });
  const { feature } = trees as { feature: Int32Array };
  expect(feature.filter((column) => column < 0).length).toBeLessThanOrEqual(60);
});

test('a share of the rows is rounded down, and more rows than there are may be drawn', () => {
  const few = { rows: 13, columns: 1, data: Float64Array.from({ length: 13 }, (_, i) => i) };
  const leaves = (max_samples: number) => {
    const { trees } = randomForest.fit({
      x: few,
      y: few.data,
      params: paramsWith({ n_estimators: 20, max_samples }),
      seed: 1,
    });
    return (trees as { feature: Int32Array }).feature.filter((column) => column < 0).length;
  };
  // 0.15 of 13 rows is 1.95 of them.
  expect(leaves(0.15)).toBe(20);
  expect(leaves(1000)).toBe(20 * 13);
});

test('the criterion poisson refuses targets below zero, and says what to take', () => {
  const below = y.map((value) => value - 3);
  expect(() => randomForest.fit({ x, y: below, params: paramsWith({ criterion: 'poisson' }), seed: 1 })).toThrow(
    /poisson .* squared_error/,
  );
});

test('bins do nearly as well as every threshold', () => {
  const r2 = (splitter: 'exact' | 'hist') =>
    randomForest.fit({ x, y, params: paramsWith({ splitter, oob_score: true }), seed: 1 }).oob_score as number;
  expect(Math.abs(r2('exact') - r2('hist'))).toBeLessThan(0.01);
});

test('of columns that split alike, each is taken as often', () => {
  // The second column is the first one, turned around.
  const both: Matrix = {
    rows: 40,
    columns: 2,
    data: Float64Array.from({ length: 80 }, (_, k) => (k % 2 ? -1 : 1) * (k >> 1)),
  };
  const { trees } = randomForest.fit({
    x: both,
    y: Float64Array.from({ length: 40 }, (_, i) => i),
    params: paramsWith({ n_estimators: 400 }),
    seed: 1,
  });
  const { roots, feature } = trees as { roots: Int32Array; feature: Int32Array };
  const second = roots.reduce((count, root) => count + (feature[root] as number), 0);
  expect(second).toBeGreaterThan(150);
  expect(second).toBeLessThan(250);
});

test.each([1e8, 1e12])('an offset of the targets of %f changes nothing but itself', (offset) => {
  const far = y.map((value) => Math.round(value * 1024) / 1024 + offset);
  const params = paramsWith({ n_estimators: 5 });
  const predict = (targets: Float64Array) =>
    randomForest.predict(randomForest.fit({ x, y: targets, params, seed: 1 }), x).values;
  const near = predict(far.map((value) => value - offset));
  predict(far).forEach((value, i) => {
    expect(Math.abs(value - offset - (near[i] as number))).toBeLessThan(1e-15 * offset);
  });
});

test.each(['squared_error', 'absolute_error', 'poisson'] as const)(
  'targets near the largest double are learned from, by %s',
  (criterion) => {
    const params = paramsWith({ n_estimators: 5, max_depth: 3, criterion });
    const predict = (unit: number) =>
      randomForest.predict(randomForest.fit({ x, y: y.map((value) => value * unit), params, seed: 1 }), x).values;
    const plain = predict(1);
    predict(2 ** 1020).forEach((value, i) => {
      expect(value / 2 ** 1020).toBeCloseTo(plain[i] as number, 9);
    });
  },
);
