import { expect, test } from 'vitest';
import { createRandom } from '../../../../../ml/core/random.ts';
import { asTrees } from '../../../../../ml/trees/oblivious/explaining/as-trees.ts';
import { flatten, sumTrees } from '../../../../../ml/trees/oblivious/model/trees.ts';
import { sumTrees as sumBinaryTrees } from '../../../../../ml/trees/sum-trees.ts';

const random = createRandom(1);
const numbers = (length: number) => Float64Array.from({ length }, () => random.uniform());
const grown = [3, 0, 1, 4].map((depth) => ({
  splits: Array.from({ length: depth }, () => ({ feature: random.below(3), border: random.uniform() })),
  values: numbers(2 ** depth),
  weights: Float64Array.from({ length: 2 ** depth }, () => random.below(4)),
}));
const trees = flatten(grown);

test('they predict the same as binary trees, where something is missing too', () => {
  const binary = asTrees(trees);
  for (let i = 0; i < 200; i++) {
    const row = Float32Array.from({ length: 3 }, () => (random.below(5) === 0 ? Number.NaN : random.uniform()));
    const x = { rows: 1, columns: 3, data: Float64Array.from(row) };
    expect(binary && sumBinaryTrees(binary, x, 0)[0]).toBe(sumTrees(trees, row));
  }
});

test('the weight of a node is that of its leaves', () => {
  const { cover, feature, left, roots } = asTrees(trees) ?? expect.unreachable();
  roots.forEach((root, t) => {
    expect(cover[root]).toBe(grown[t]?.weights.reduce((sum, weight) => sum + weight, 0));
  });
  feature.forEach((column, node) => {
    const child = left[node] as number;
    if (column >= 0) expect(cover[node]).toBe((cover[child] as number) + (cover[child + 1] as number));
  });
});

test('those of before their leaves had weights are none that could be explained', () => {
  const { weights, ...older } = trees;
  expect(asTrees(older)).toBeNull();
});
