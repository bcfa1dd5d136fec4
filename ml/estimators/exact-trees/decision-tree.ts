import { oneOutput, type Predictions } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { sumTrees } from '../../trees/sum-trees.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { shareContributions, treeContributions } from '../tree-contributions.ts';
import { ClassTreeGrower, meanShares } from './class-trees.ts';
import { balancedWeights, classWeightParam } from './class-weights.ts';
import { rowWeights } from './row-weights.ts';
import { checkTargets, classCriterionParam, criterionParam, exactRules, ranksFor, treeParams } from './tree-params.ts';

/** What the regressor and the classifier share. */
const family = {
  title: 'Decision tree',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
} as const;

const growing = {
  ...treeParams,
  max_depth: { ...treeParams.max_depth, search: { low: 2, high: 16, scale: 'linear', grid: [4, 8, 16] } },
  min_samples_leaf: {
    ...treeParams.min_samples_leaf,
    search: { low: 1, high: 100, scale: 'log', whole: true, grid: [1, 5, 20] },
  },
} as const;

const numberParams = { criterion: criterionParam, ...growing } as const;
const classParams = { criterion: classCriterionParam, ...growing, class_weight: classWeightParam } as const;

/**
 * One regression tree. Weights of rows count in what a split is worth and a leaf predicts; the smallest numbers of rows are of
 * rows, whatever their weight.
 *
 * Source: Breiman et al. 1984; scikit-learn 1.9, `DecisionTreeRegressor`.
 */
export const decisionTree: Estimator<typeof numberParams, Trees> = {
  ...family,
  tasks: ['regression'],
  params: numberParams,
  fit({ x, y, weights, params: values, seed }) {
    checkTargets(values.criterion, y);
    const grower = new ExactGrower(ranksFor(x, values.splitter), exactRules(values.criterion, values, x));
    const builder = new TreeBuilder();
    const scaled = scaleTargets(y, values.criterion === 'poisson');
    const targets = { y: scaled.y, weights: rowWeights(x.rows, weights) };
    grower.grow(builder, targets, createRandom(scrambled(seed)));
    return unscaleLeaves(builder.build(), scaled);
  },
  predict: (state, x, threads) => oneOutput(sumTrees(state, x, 0, 'float64', threads)),
  contributions: (state, x, threads) => treeContributions(state, x, { threads }),
};

/**
 * One tree of classes, whose leaves predict the shares of their rows.
 *
 * Source: Breiman et al. 1984; scikit-learn 1.9, `DecisionTreeClassifier`.
 */
export const decisionTreeClassifier: Estimator<typeof classParams, Trees> = {
  ...family,
  tasks: ['binary', 'multiclass'],
  params: classParams,
  fit({ x, y, weights: given, classes = 2, params: values, seed }) {
    const rules = { ...exactRules(values.criterion, values, x), classes };
    const grower = new ClassTreeGrower(ranksFor(x, values.splitter), rules, y);
    const weights = rowWeights(x.rows, given);
    if (values.class_weight === 'balanced') {
      // By the number of their rows, as the reference counts them, whatever these weigh.
      const factors = balancedWeights(y, classes);
      for (let i = 0; i < y.length; i++) weights[i]! *= factors[y[i]!]!;
    }
    grower.grow(weights, createRandom(scrambled(seed)));
    return grower.build();
  },
  predict: (state, x) => meanShares(state, x, [1])[0] as Predictions,
  contributions: (state, x, threads) => shareContributions(state, x, threads),
};
