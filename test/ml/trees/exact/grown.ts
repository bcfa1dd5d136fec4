import { createRandom } from '../../../../ml/core/random.ts';
import { ExactGrower } from '../../../../ml/trees/exact/grow.ts';
import type { Ranks } from '../../../../ml/trees/exact/ranks.ts';
import type { ExactRules } from '../../../../ml/trees/exact/rules.ts';
import { TreeBuilder, type Trees } from '../../../../ml/trees/trees.ts';

/** Rules that let a tree grow as far as it can. */
export const free = {
  maxDepth: Infinity,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minImpurityDecrease: 0,
  maxFeatures: Infinity,
  ccpAlpha: 0,
};

interface Learned {
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

/** A tree, and in which of its leaves each row is; −1 where it is in none. */
export function grown(ranks: Ranks, learned: Learned, rules: ExactRules) {
  const grower = new ExactGrower(ranks, rules);
  const builder = new TreeBuilder();
  const leafOf = new Int32Array(learned.y.length).fill(-1);
  grower.grow(builder, learned, createRandom(1), (leaf, rows, start, end) => {
    for (const row of rows.subarray(start, end)) leafOf[row] = leaf;
  });
  return { trees: builder.build(), leafOf };
}

/** How many leaves there are. */
export const leaves = ({ feature }: Trees) => feature.filter((column) => column < 0).length;
