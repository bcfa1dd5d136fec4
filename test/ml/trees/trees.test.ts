import { expect, test } from 'vitest';
import { type Matrix, rowOf } from '../../../ml/core/matrix.ts';
import { createRandom } from '../../../ml/core/random.ts';
import { stagedSums, stagedSumsByClass, sumTrees, sumTreesByClass } from '../../../ml/trees/sum-trees.ts';
import { applyTree, TreeBuilder, treesOfClass } from '../../../ml/trees/trees.ts';

/** x₀ ≤ 0.5 ? 1 : (x₁ ≤ 2 ? 10 : 100), and a tree that is a leaf. What is missing goes left, then right. */
function twoTrees() {
  const builder = new TreeBuilder();
  const root = builder.addTree();
  const left = builder.split(root, 0, 0.5, true);
  builder.setLeaf(left, 1);
  const below = builder.split(left + 1, 1, 2, false);
  builder.setLeaf(below, 10);
  builder.setLeaf(below + 1, 100);
  builder.setLeaf(builder.addTree(), 1000);
  return builder;
}

const rows = (...values: [number, number][]): Matrix => ({
  rows: values.length,
  columns: 2,
  data: Float64Array.from(values.flat()),
});

test('each row goes to its leaf, and the sum of its leaves is its prediction', () => {
  const x = rows([0.5, 9], [0.6, 2], [0.6, 2.1]);
  const trees = twoTrees().build();
  expect([...sumTrees(trees, x, 0.25)]).toEqual([1001.25, 1010.25, 1100.25]);
  expect([...applyTree(trees, 0, x)].map((leaf) => trees.threshold[leaf])).toEqual([1, 10, 100]);
});

test('a missing value goes where it is sent', () => {
  const x = rows([Number.NaN, 9], [0.6, Number.NaN]);
  expect([...sumTrees(twoTrees().build(), x, 0)]).toEqual([1001, 1100]);
});

test('trees of different depths are summed in their order, each sum a float32 where that is asked for', () => {
  const builder = new TreeBuilder();
  const values = [0.1, 1e8, 3, 3, 3, -1e8, 7];
  values.forEach((value, t) => {
    let node = builder.addTree();
    for (let depth = 0; depth < (t * 3) % 5; depth++) node = builder.split(node, 0, -1, false) + 1;
    builder.setLeaf(node, value);
  });
  const trees = builder.build();
  const x = rows([1, 0], [1, Number.NaN]);
  // Beside 1e8 a float32 has no room for 3: the nearest are 8 apart.
  expect([...sumTrees(trees, x, 0.5, 'float32')]).toEqual([7, 7]);
  const exact = values.reduce((sum, value) => sum + value, 0.5);
  expect([...sumTrees(trees, x, 0.5)]).toEqual([exact, exact]);
});

test('values are compared as float32', () => {
  // As float64 it is above 0.5.
  expect([...sumTrees(twoTrees().build(), rows([0.5 + 1e-12, 0]), 0)]).toEqual([1001]);
});

test('the first trees can be had alone, and a builder grows past its first size', () => {
  expect([...sumTrees(twoTrees().build(1), rows([0, 0]), 0)]).toEqual([1]);
  const builder = new TreeBuilder();
  let node = builder.addTree();
  for (let k = 0; k < 1000; k++) node = builder.split(node, 0, -k, false) + 1;
  builder.setLeaf(node, 7);
  expect([...sumTrees(builder.build(), rows([1, 0]), 0)]).toEqual([7]);
});

test('a row comes to the same among others as alone, whatever is missing beside it', () => {
  const random = createRandom(3);
  const builder = new TreeBuilder();
  for (let tree = 0; tree < 9; tree++) {
    let node = builder.addTree();
    for (let depth = 0; depth < tree; depth++) {
      const left = builder.split(node, random.below(3), random.uniform(), random.below(2) === 1);
      builder.setLeaf(left, random.uniform());
      builder.setLeaf(left + 1, random.uniform());
      node = left + random.below(2);
    }
  }
  const trees = builder.build();
  const cell = () => (random.below(6) === 0 ? Number.NaN : random.uniform());
  const x: Matrix = { rows: 777, columns: 3, data: Float64Array.from({ length: 777 * 3 }, cell) };
  for (const precision of ['float64', 'float32'] as const) {
    const together = stagedSums(trees, x, 0.5, [2, 9], precision);
    const alone = Array.from({ length: x.rows }, (_, i) =>
      stagedSums(trees, { rows: 1, columns: 3, data: rowOf(x, i) }, 0.5, [2, 9], precision).map(([sum]) => sum),
    );
    expect(together.map((sums) => [...sums])).toEqual([0, 1].map((stage) => alone.map((sums) => sums[stage])));
  }
});

test('trees know their cover where who grows them does, and keep it where some are taken', () => {
  const builder = new TreeBuilder();
  for (let tree = 0; tree < 200; tree++) {
    const root = builder.addTree();
    builder.split(root, 0, 0.5, false);
    builder.setCovers(root, Float64Array.of(4, 3, 1, 99));
  }
  const { cover = expect.unreachable() } = builder.build();
  expect([...cover.subarray(0, 6), cover.length]).toEqual([4, 3, 1, 4, 3, 1, 600]);
  expect([...(builder.build(2).cover ?? [])]).toEqual([4, 3, 1, 4, 3, 1]);
  expect(twoTrees().build().cover).toBeUndefined();
});

test('covers that float32 does not hold have another unit', () => {
  const builder = new TreeBuilder();
  const root = builder.addTree();
  builder.split(root, 0, 0.5, false);
  builder.setCovers(root, Float64Array.of(4e300, 3e300, 1e300));
  const [all = 0, left = 0] = builder.build().cover ?? [];
  expect(all).toBeLessThan(Infinity);
  expect(left / all).toBeCloseTo(0.75, 6);
});

test('each class has the sum of its own trees, one of each round, in any number of rounds', () => {
  const random = createRandom(5);
  const builder = new TreeBuilder();
  for (let tree = 0; tree < 12; tree++) {
    const left = builder.split(builder.addTree(), random.below(2), random.uniform(), true);
    builder.setLeaf(left, random.uniform());
    builder.setLeaf(left + 1, random.uniform());
  }
  const trees = builder.build();
  const x = rows([0.1, 0.9], [0.8, Number.NaN], [0.5, 0.5]);
  const bases = [1, 10, 100];
  const sums = sumTreesByClass(trees, x, bases);
  bases.forEach((base, k) => {
    const own = sumTrees(treesOfClass(trees, k, 3), x, base);
    for (let i = 0; i < x.rows; i++) expect(sums[3 * i + k]).toBe(own[i]);
  });
  const [none, two, all, beyond] = stagedSumsByClass(trees, x, bases, [0, 2, 4, 9], 'float32');
  expect([...(none ?? [])]).toEqual([...bases, ...bases, ...bases]);
  expect(two).toEqual(sumTreesByClass(builder.build(6), x, bases, 'float32'));
  expect(all).toEqual(sumTreesByClass(trees, x, bases, 'float32'));
  expect(beyond).toEqual(all);
});
