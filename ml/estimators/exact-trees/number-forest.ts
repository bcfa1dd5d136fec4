// What forests of numbers share: the mean of trees, however these are grown.

import type { Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { regressionScores } from '../../core/regression-scores.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import type { Ranks } from '../../trees/exact/ranks.ts';
import type { ExactRules, NumberCriterion } from '../../trees/exact/rules.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { stagedSums, sumTrees } from '../../trees/sum-trees.ts';
import { firstTrees, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { LabelledRows, Training } from '../estimator.ts';
import { treeContributions } from '../tree-contributions.ts';
import { type ForestState, type ForestValues, growForest, outOfBag } from './forest.ts';
import { rowWeights } from './row-weights.ts';
import { checkTargets } from './tree-params.ts';

interface Growing {
  readonly ranks: Ranks;
  readonly rules: ExactRules;
}

/** Grows a forest of numbers. */
export function fitNumberForest(
  { x, y, weights, seed, onRound }: Omit<Training, 'params'>,
  values: ForestValues & { readonly criterion: NumberCriterion },
  { ranks, rules }: Growing,
): ForestState {
  checkTargets(values.criterion, y);
  const random = createRandom(scrambled(seed));
  const grower = new ExactGrower(ranks, rules);
  const builder = new TreeBuilder();
  const scaled = scaleTargets(y, values.criterion === 'poisson');
  const grow = (weights: Float64Array) => grower.grow(builder, { y: scaled.y, weights }, random);
  const drawn = growForest({ rows: x.rows, weights, values, random, grow, onRound });
  const trees = unscaleLeaves(builder.build(), scaled);
  return { trees, oob_score: drawn.length > 0 ? outOfBagR2(trees, drawn, { x, y, weights }) : null };
}

/** What a fitted forest of numbers is asked. */
export const numberForest = {
  tasks: ['regression'],
  predict: ({ trees }: ForestState, x: Matrix, threads?: number) =>
    meanOfTrees(trees, x, sumTrees(trees, x, 0, 'float64', threads)),
  contributions: ({ trees }: ForestState, x: Matrix, threads?: number) =>
    treeContributions(trees, x, { scale: 1 / trees.roots.length, threads }),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }: ForestState) => trees.roots.length,
    predict: ({ trees }: ForestState, x: Matrix, rounds: readonly number[]) =>
      stagedSums(trees, x, 0, rounds).map((sums, k) => meanOfTrees(firstTrees(trees, rounds[k]!), x, sums)),
  },
} as const;

/** @param sums those of the trees, which become their means */
function meanOfTrees(trees: Trees, x: Matrix, sums: Float64Array): Predictions {
  const count = trees.roots.length;
  // A sum may overflow where the mean does not.
  if (!sums.every(Number.isFinite)) return oneOutput(sumTrees(unscaleLeaves(trees, { origin: 0, unit: count }), x, 0));
  for (let i = 0; i < sums.length; i++) sums[i]! /= count;
  return oneOutput(sums);
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
