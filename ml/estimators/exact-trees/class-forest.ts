// What forests of classes share: the mean of the probabilities that trees predict, however these are grown.

import type { Matrix } from '../../core/matrix.ts';
import type { Predictions } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import type { Ranks } from '../../trees/exact/ranks.ts';
import type { ExactRules } from '../../trees/exact/rules.ts';
import type { Trees } from '../../trees/trees.ts';
import type { LabelledRows, Training } from '../estimator.ts';
import { shareContributions } from '../tree-contributions.ts';
import { ClassTreeGrower, leafShares, meanShares } from './class-trees.ts';
import { balancedWeights } from './class-weights.ts';
import { type ForestState, type ForestValues, growForest, outOfBag } from './forest.ts';
import { rowWeights } from './row-weights.ts';

interface Growing {
  readonly ranks: Ranks;
  readonly rules: ExactRules;
}

interface ClassForestValues extends ForestValues {
  readonly class_weight: 'balanced' | 'balanced_subsample' | null;
}

/** Grows a forest of classes. */
export function fitClassForest(
  { x, y, weights: given, classes = 2, seed, onRound }: Omit<Training, 'params'>,
  values: ClassForestValues,
  { ranks, rules }: Growing,
): ForestState {
  const random = createRandom(scrambled(seed));
  const grower = new ClassTreeGrower(ranks, { ...rules, classes }, y);
  const isBySample = values.class_weight === 'balanced_subsample' && values.bootstrap;
  const weights = values.class_weight === null || isBySample ? given : balanced(y, classes, given);
  const grow = (counts: Float64Array) => grower.grow(isBySample ? balanced(y, classes, counts) : counts, random);
  const drawn = growForest({ rows: x.rows, weights, values, random, grow, onRound });
  const trees = grower.build();
  return { trees, oob_score: drawn.length > 0 ? outOfBagAccuracy(trees, drawn, { x, y, weights: given }) : null };
}

/** What a fitted forest of classes is asked. */
export const classForest = {
  tasks: ['binary', 'multiclass'],
  predict: ({ trees }: ForestState, x: Matrix) => meanShares(trees, x, [trees.roots.length])[0] as Predictions,
  contributions: ({ trees }: ForestState, x: Matrix, threads?: number) => shareContributions(trees, x, threads),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }: ForestState) => trees.roots.length,
    predict: ({ trees }: ForestState, x: Matrix, rounds: readonly number[]) => meanShares(trees, x, rounds),
  },
} as const;

/** The weights of rows, times what makes classes weigh alike. */
function balanced(y: Float64Array, classes: number, given: Float64Array | undefined): Float64Array {
  const factors = balancedWeights(y, classes, rowWeights(y.length, given));
  return y.map((k, i) => (given?.[i] ?? 1) * factors[k]!);
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
