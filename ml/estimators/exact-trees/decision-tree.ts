import { oneOutput } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { sumTrees } from '../../trees/sum-trees.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { treeContributions } from '../tree-contributions.ts';
import { rowWeights } from './row-weights.ts';
import { checkTargets, criterionParam, exactRules, ranksFor, treeParams } from './tree-params.ts';

const params = {
  criterion: criterionParam,
  ...treeParams,
  max_depth: { ...treeParams.max_depth, search: { low: 2, high: 16, scale: 'linear', grid: [4, 8, 16] } },
  min_samples_leaf: {
    ...treeParams.min_samples_leaf,
    search: { low: 1, high: 100, scale: 'log', whole: true, grid: [1, 5, 20] },
  },
} as const;

/**
 * One regression tree. Weights of rows count in what a split is worth and a leaf predicts; the smallest numbers of rows are of
 * rows, whatever their weight.
 *
 * Source: Breiman et al. 1984; scikit-learn 1.9, `DecisionTreeRegressor`.
 */
export const decisionTree: Estimator<typeof params, Trees> = {
  title: 'Decision tree',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  fit({ x, y, weights, params: values, seed }) {
    checkTargets(values.criterion, y);
    const grower = new ExactGrower(ranksFor(x, values.splitter), exactRules(values.criterion, values, x));
    const builder = new TreeBuilder();
    const scaled = scaleTargets(y, values.criterion === 'poisson');
    const targets = { y: scaled.y, weights: rowWeights(x.rows, weights) };
    grower.grow(builder, targets, createRandom(scrambled(seed)));
    return unscaleLeaves(builder.build(), scaled);
  },
  predict: (state, x) => oneOutput(sumTrees(state, x, 0)),
  contributions: (state, x, threads) => treeContributions(state, x, { threads }),
};
