import { expect, test } from 'vitest';
import { createRandom } from '../../../../../ml/core/random.ts';
import { asTrees } from '../../../../../ml/trees/oblivious/explaining/as-trees.ts';
import { LeafContributions } from '../../../../../ml/trees/oblivious/explaining/leaf-contributions.ts';
import { flatten } from '../../../../../ml/trees/oblivious/model/trees.ts';
import { TreeShap } from '../../../../../ml/trees/shap/tree-shap.ts';

const random = createRandom(2);
const grown = (depths: readonly number[]) =>
  flatten(
    depths.map((depth) => ({
      splits: Array.from({ length: depth }, () => ({ feature: random.below(5), border: random.uniform() })),
      values: Float64Array.from({ length: 2 ** depth }, () => random.uniform()),
      weights: Float64Array.from({ length: 2 ** depth }, () => random.below(4)),
    })),
  );

/** The second and the fourth feature are of one column, the last of another two. */
const players = { of: Int32Array.of(0, 1, 2, 1, 3), columns: [[0], [1], [2], [3, 4]] };

test('explained leaf by leaf, a row comes to the same as explained by itself', () => {
  const trees = grown([6, 0, 1, 3, 7]);
  const leaves = LeafContributions.of(trees, players) ?? expect.unreachable();
  const shap = new TreeShap(asTrees(trees) ?? expect.unreachable(), {
    columns: 5,
    players: players.of,
    playerCount: 4,
  });
  expect(leaves.base).toBeCloseTo(shap.base, 12);
  for (let i = 0; i < 50; i++) {
    const row = Float32Array.from({ length: 5 }, () => (random.below(5) === 0 ? Number.NaN : random.uniform()));
    const sums = new Float64Array(4);
    leaves.addTo(sums, row);
    shap
      .explain(1, (_, into) => into.set(row))
      .forEach((value, player) => {
        expect(sums[player]).toBeCloseTo(value, 12);
      });
  }
});

test('trees of very many leaves are not, nor those whose leaves have no weights', () => {
  expect(LeafContributions.of(grown([3, 8]), players)).toBeNull();
  const { weights, ...older } = grown([2]);
  expect(LeafContributions.of(older, players)).toBeNull();
});
