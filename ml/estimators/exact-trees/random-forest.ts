import type { Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { regressionScores } from '../../core/regression-scores.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { stagedSums, sumTrees } from '../../trees/sum-trees.ts';
import { firstTrees, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator, LabelledRows } from '../estimator.ts';
import { shareContributions, treeContributions } from '../tree-contributions.ts';
import { ClassTreeGrower, leafShares, meanShares } from './class-trees.ts';
import { balancedWeights, classWeightParam } from './class-weights.ts';
import { checkBootstrap, growForest, outOfBag } from './forest.ts';
import { rowWeights } from './row-weights.ts';
import { checkTargets, classCriterionParam, criterionParam, exactRules, ranksFor, treeParams } from './tree-params.ts';

/** What the regressor and the classifier share. */
const family = {
  title: 'Random forest',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  checkParams: checkBootstrap,
} as const;

const trees = { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' } as const;

const growing = {
  ...treeParams,
  min_samples_leaf: {
    ...treeParams.min_samples_leaf,
    search: { low: 1, high: 20, scale: 'log', whole: true, grid: [1, 3, 10] },
  },
  max_features: {
    ...treeParams.max_features,
    default: 1,
    search: { low: 0.2, high: 1, scale: 'linear', grid: [0.33, 0.66, 1] },
  },
  bootstrap: { type: 'boolean', default: true, description: 'whether each tree draws its own rows, with replacement' },
  max_samples: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1e9,
    description:
      'how many rows a tree draws; up to 1 a share of them (of the sum of their weights); null: as many as there are',
  },
} as const;

const oobScore = { type: 'boolean', default: false } as const;

const numberParams = {
  n_estimators: trees,
  criterion: criterionParam,
  ...growing,
  oob_score: { ...oobScore, description: 'whether to keep the R² of each row by the trees that did not draw it' },
} as const;

const classParams = {
  n_estimators: trees,
  criterion: classCriterionParam,
  ...growing,
  max_features: { ...growing.max_features, default: 'sqrt' },
  oob_score: { ...oobScore, description: 'whether to keep the accuracy of each row by the trees that did not draw it' },
  class_weight: {
    ...classWeightParam,
    choices: ['balanced', 'balanced_subsample'],
    description: `${classWeightParam.description}; balanced_subsample: in each tree by the rows that it drew`,
  },
} as const;

/** The mean of the trees. */
type ForestState = {
  readonly trees: Trees;
  /** R², or the accuracy, of the rows that some tree did not draw, each by those trees and by its weight; null where it was not asked for, or there is none. */
  readonly oob_score: number | null;
};

/**
 * The mean of trees, each grown on rows that it draws with replacement: by their weights, where they have any.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `RandomForestRegressor`.
 */
export const randomForest: Estimator<typeof numberParams, ForestState> = {
  ...family,
  tasks: ['regression'],
  params: numberParams,
  fit({ x, y, weights, params: values, seed, onRound }) {
    checkTargets(values.criterion, y);
    const random = createRandom(scrambled(seed));
    const grower = new ExactGrower(ranksFor(x, values.splitter), exactRules(values.criterion, values, x));
    const builder = new TreeBuilder();
    const scaled = scaleTargets(y, values.criterion === 'poisson');
    const grow = (weights: Float64Array) => grower.grow(builder, { y: scaled.y, weights }, random);
    const drawn = growForest({ rows: x.rows, weights, values, random, grow, onRound });
    const trees = unscaleLeaves(builder.build(), scaled);
    return { trees, oob_score: drawn.length > 0 ? outOfBagR2(trees, drawn, { x, y, weights }) : null };
  },
  predict: ({ trees }, x) => meanOfTrees(trees, x, sumTrees(trees, x, 0)),
  contributions: ({ trees }, x, threads) => treeContributions(trees, x, { scale: 1 / trees.roots.length, threads }),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    predict: ({ trees }, x, rounds) =>
      stagedSums(trees, x, 0, rounds).map((sums, k) => meanOfTrees(firstTrees(trees, rounds[k]!), x, sums)),
  },
};

/**
 * The same of classes: the mean of the probabilities that trees predict.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `RandomForestClassifier`.
 */
export const randomForestClassifier: Estimator<typeof classParams, ForestState> = {
  ...family,
  tasks: ['binary', 'multiclass'],
  params: classParams,
  fit({ x, y, weights: given, classes = 2, params: values, seed, onRound }) {
    const random = createRandom(scrambled(seed));
    const rules = { ...exactRules(values.criterion, values, x), classes };
    const grower = new ClassTreeGrower(ranksFor(x, values.splitter), rules, y);
    const isBySample = values.class_weight === 'balanced_subsample' && values.bootstrap;
    const weights = values.class_weight === null || isBySample ? given : balanced(y, classes, given);
    const grow = (counts: Float64Array) => grower.grow(isBySample ? balanced(y, classes, counts) : counts, random);
    const drawn = growForest({ rows: x.rows, weights, values, random, grow, onRound });
    const trees = grower.build();
    return { trees, oob_score: drawn.length > 0 ? outOfBagAccuracy(trees, drawn, { x, y, weights: given }) : null };
  },
  predict: ({ trees }, x) => meanShares(trees, x, [trees.roots.length])[0] as Predictions,
  contributions: ({ trees }, x, threads) => shareContributions(trees, x, threads),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    predict: ({ trees }, x, rounds) => meanShares(trees, x, rounds),
  },
};

/** @param sums those of the trees, which become their means */
function meanOfTrees(trees: Trees, x: Matrix, sums: Float64Array): Predictions {
  const count = trees.roots.length;
  // A sum may overflow where the mean does not.
  if (!sums.every(Number.isFinite)) return oneOutput(sumTrees(unscaleLeaves(trees, { origin: 0, unit: count }), x, 0));
  for (let i = 0; i < sums.length; i++) sums[i]! /= count;
  return oneOutput(sums);
}

/** The weights of rows, times what makes classes weigh alike. */
function balanced(y: Float64Array, classes: number, given: Float64Array | undefined): Float64Array {
  const factors = balancedWeights(y, classes, rowWeights(y.length, given));
  return y.map((k, i) => (given?.[i] ?? 1) * factors[k]!);
}

function outOfBagR2(trees: Trees, drawn: readonly Uint8Array[], { x, y, weights }: LabelledRows): number | null {
  const { rows, means } = outOfBag(trees, drawn, x, weights, {
    outputs: 1,
    add: (sums, at, leaf) => {
      sums[at]! += trees.threshold[leaf]!;
    },
  });
  if (rows.length === 0) return null;
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return regressionScores(pick(y), means, pick(rowWeights(x.rows, weights))).r2;
}

function outOfBagAccuracy(trees: Trees, drawn: readonly Uint8Array[], { x, y, weights }: LabelledRows): number | null {
  const reader = leafShares(trees);
  const { rows, means } = outOfBag(trees, drawn, x, weights, reader);
  if (rows.length === 0) return null;
  const own = rowWeights(x.rows, weights);
  let right = 0;
  let total = 0;
  rows.forEach((row, at) => {
    const shares = means.subarray(at * reader.outputs, (at + 1) * reader.outputs);
    const predicted = reader.outputs === 1 ? Number(shares[0]! > 0.5) : shares.indexOf(Math.max(...shares));
    total += own[row]!;
    if (predicted === y[row]) right += own[row]!;
  });
  return right / total;
}
