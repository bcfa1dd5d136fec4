import { oneOutput } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { ExactGrower, type OnLeaf } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { predictTree, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { RowChances } from './row-chances.ts';
import { drawByChance, rowWeights } from './row-weights.ts';
import { exactRules, ranksFor, treeParams, unlimited } from './tree-params.ts';
import { weightedMedians } from './weighted-median.ts';

/** What the regressor and the classifier share. */
export const family = {
  title: 'AdaBoost',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
} as const;

export const numberParams = {
  n_estimators: { type: 'integer', default: 50, min: 1, max: 100_000, description: 'at most so many trees' },
  learning_rate: {
    type: 'number',
    default: 1,
    min: 0.0001,
    max: 100,
    description: 'how much a tree counts, and how much the rows’ chances follow it',
    search: { low: 0.03, high: 2, scale: 'log', grid: [0.1, 0.5, 1] },
  },
  loss: {
    type: 'choice',
    default: 'linear',
    choices: ['linear', 'square', 'exponential'],
    description: 'what a row’s error, as a share of the greatest one, counts',
    search: { among: ['linear', 'square', 'exponential'], grid: true },
  },
  max_depth: {
    ...treeParams.max_depth,
    default: 3,
    description: 'of the trees: splits between root and leaf; null: no limit',
    search: { low: 3, high: 10, scale: 'linear', grid: [3, 6] },
  },
  splitter: treeParams.splitter,
} as const;

/** The weighted median of the trees. */
type AdaboostState = {
  readonly trees: Trees;
  /** One a tree. */
  readonly weights: Float64Array;
};

/**
 * Trees on rows drawn by chance, where rows that are badly predicted gain chances; the trees' weighted median is the answer.
 * A row's first chance is its share of all weight.
 *
 * Source: Drucker 1997 (AdaBoost.R2); scikit-learn 1.9, `AdaBoostRegressor`, whose trees have a depth of 3.
 */
export const adaboost: Estimator<typeof numberParams, AdaboostState> = {
  ...family,
  tasks: ['regression'],
  isRandom: () => true,
  params: numberParams,
  fit({ x, y, weights: given, params: values, seed, onRound }) {
    const { n_estimators, learning_rate, loss, max_depth, splitter } = values;
    const random = createRandom(scrambled(seed));
    const rules = exactRules('squared_error', { ...unlimited, max_depth }, x);
    const grower = new ExactGrower(ranksFor(x, splitter), rules);
    const builder = new TreeBuilder();
    const chances = new RowChances(rowWeights(x.rows, given));
    const treeWeights: number[] = [];
    const scaled = scaleTargets(y);
    const predictions = new Float64Array(x.rows);
    const onLeaf: OnLeaf = (leaf, rows, start, end) => {
      const value = builder.leafAt(leaf);
      for (let at = start; at < end; at++) predictions[rows[at]!] = value;
    };
    for (let tree = 0; tree < n_estimators; tree++) {
      const weights = drawByChance(chances.values, x.rows, random);
      grower.grow(builder, { y: scaled.y, weights }, random, onLeaf, onLeaf);
      if (!grower.placesOthers) predictions.set(predictTree(builder.view(), tree, x));
      const errors = errorShares(predictions, scaled.y, chances.values, loss);
      let mean = 0;
      for (let i = 0; i < errors.length; i++) mean += chances.values[i]! * errors[i]!;
      if (mean <= 0) {
        // It is right everywhere.
        treeWeights.push(1);
        break;
      }
      if (mean >= 0.5) {
        // Worse than chance: it is given up, unless it is the only one.
        if (tree === 0) treeWeights.push(0);
        break;
      }
      const beta = mean / (1 - mean);
      treeWeights.push(learning_rate * Math.log(1 / beta));
      for (let i = 0; i < errors.length; i++) chances.values[i]! *= beta ** ((1 - errors[i]!) * learning_rate);
      // All have vanished: there is nothing left to draw by.
      if (!chances.normalize()) break;
      onRound?.(tree + 1, n_estimators);
    }
    return { trees: unscaleLeaves(builder.build(treeWeights.length), scaled), weights: Float64Array.from(treeWeights) };
  },
  predict: ({ trees, weights }, x) => oneOutput(weightedMedians(trees, weights, x, [weights.length])[0]!),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    predict: ({ trees, weights }, x, rounds) => weightedMedians(trees, weights, x, rounds).map(oneOutput),
  },
};

/** Each row's error as a share of the largest one, counted as the loss says; 0 of a row without a chance. */
function errorShares(
  predictions: Float64Array,
  y: Float64Array,
  chances: Float64Array,
  loss: 'linear' | 'square' | 'exponential',
): Float64Array {
  const errors = new Float64Array(y.length);
  let most = 0;
  for (let i = 0; i < y.length; i++) {
    errors[i] = chances[i] === 0 ? 0 : Math.abs(predictions[i]! - y[i]!);
    most = Math.max(most, errors[i]!);
  }
  if (most === 0) return errors;
  for (let i = 0; i < y.length; i++) {
    const share = errors[i]! / most;
    errors[i] = loss === 'linear' ? share : loss === 'square' ? share * share : 1 - Math.exp(-share);
  }
  return errors;
}
