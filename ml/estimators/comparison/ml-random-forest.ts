import { createRequire } from 'node:module';
import { rowOf } from '../../core/matrix.ts';
import { oneOutput } from '../../core/predictions.ts';
import { sumTrees } from '../../trees/sum-trees.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';

// Loaded where it is tried: these are dozens of files, which no other model needs.
const require = createRequire(import.meta.url);

const params = {
  n_estimators: { type: 'integer', default: 50, min: 1, max: 10_000, description: 'how many trees' },
  max_features: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1,
    description: 'the share of the columns that a tree may split, at least one',
  },
  replacement: { type: 'boolean', default: false, description: 'whether a tree may draw a column more than once' },
  use_sample_bagging: { type: 'boolean', default: true, description: 'whether each tree draws its own rows' },
  min_num_samples: {
    type: 'integer',
    default: 3,
    min: 1,
    max: 1_000_000_000,
    description: 'a node of so many rows is a leaf',
  },
  max_depth: {
    type: 'integer',
    default: null,
    min: 0,
    max: 1000,
    nullable: true,
    description: 'how many splits a row may meet; null: as many as it takes',
  },
} as const;

/** A node of ml-cart; a leaf has no children, whatever else it has. */
interface CartNode {
  readonly splitColumn?: number;
  readonly splitValue?: number;
  readonly left?: CartNode;
  readonly right?: CartNode;
  readonly distribution?: number;
}

/**
 * The random forest of the npm package ml-random-forest, for comparison.
 *
 * Its trees send x < t left, ours x ≤ t: so it learns from −x, and its right child is our left one. Its `maxSamples` is
 * no parameter here, since it takes the first rows; nor is its JSON used, since it lacks fields.
 *
 * Source: ml-random-forest 2.1, `RandomForestRegression`; the defaults are its code's, not all as documented.
 */
export const mlRandomForest: Estimator<typeof params, Trees> = {
  title: 'Random forest of ml-random-forest',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: false,
  fit({ x, y, params: values, seed }) {
    // Half a column more, since it rounds down what it multiplies; but a whole 1 means all.
    const features = Math.max(1, Math.floor(x.columns * values.max_features));
    const { RandomForestRegression } = require('ml-random-forest') as typeof import('ml-random-forest');
    const forest = new RandomForestRegression({
      seed,
      nEstimators: values.n_estimators,
      maxFeatures: Math.min(1, (features + 0.5) / x.columns),
      replacement: values.replacement,
      useSampleBagging: values.use_sample_bagging,
      treeOptions: { minNumSamples: values.min_num_samples, maxDepth: values.max_depth ?? Infinity },
      // Its out-of-bag predictions fail where every tree drew a row.
      noOOB: true,
    });
    // Rounded as our trees will round what they are given.
    const negated = Array.from({ length: x.rows }, (_, i) => Array.from(rowOf(x, i), (value) => -Math.fround(value)));
    forest.train(negated, Array.from(y));
    const builder = new TreeBuilder();
    (forest.estimators as { root: CartNode }[]).forEach(({ root }, t) => {
      copy(root, forest.indexes![t]!, builder, builder.addTree());
    });
    return builder.build();
  },
  predict: (trees, x) => oneOutput(sumTrees(trees, x, 0).map((sum) => sum / trees.roots.length)),
};

/** Copies a node and all below it; `columns` are those that its tree was given. */
function copy({ left, right, ...own }: CartNode, columns: readonly number[], to: TreeBuilder, node: number): void {
  if (!left || !right) {
    to.setLeaf(node, own.distribution!);
    return;
  }
  const child = to.split(node, columns[own.splitColumn!]!, -own.splitValue!, false);
  copy(right, columns, to, child);
  copy(left, columns, to, child + 1);
}
