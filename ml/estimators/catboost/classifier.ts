import type { Matrix } from '../../core/matrix.ts';
import type { Predictions } from '../../core/predictions.ts';
import type { Boosted } from '../../trees/oblivious/boosting/boost.ts';
import { FeatureReader } from '../../trees/oblivious/model/features.ts';
import { stagedOutputs } from '../../trees/oblivious/model/trees.ts';
import type { Estimator } from '../estimator.ts';
import { catboost } from './catboost.ts';
import { checkClassWeights } from './class-weights.ts';
import { catboostContributions } from './contributions.ts';
import { checkHeldOut, fitTrees } from './fit.ts';
import { isRandom, sharesFit, shortened } from './options.ts';
import { classifierParams } from './params.ts';

/**
 * The same trees for classes: of two, their sum is the log-odds of class 1; of several, a leaf has a value for each, and a softmax
 * makes probabilities of the sums. Statistics of the target tell how often classes are above each but the last.
 *
 * Source: CatBoost 1.2, `CatBoostClassifier` on CPU with the losses Logloss and MultiClass.
 */
export const catboostClassifier: Estimator<typeof classifierParams, Boosted> = {
  ...catboost,
  tasks: ['binary', 'multiclass'],
  params: classifierParams,
  isRandom,
  checkParams(values, hasValidation) {
    checkHeldOut(values, hasValidation);
    checkClassWeights(values);
  },
  fit: ({ params: values, ...training }) => fitTrees(training, values),
  predict: (state, x) => predictAt(state, x, [Infinity])[0]!,
  contributions(state, x, threads) {
    const contributions = catboostContributions(state, x, threads);
    return contributions && { ...contributions, scale: 'log-odds' };
  },
  staged: {
    rounds: 'iterations',
    count: ({ trees }) => trees.depths.length,
    patience: 'od_wait',
    sharesFit,
    shortened,
    predict: predictAt,
  },
};

/** The probabilities of the first so many trees, for each number in `rounds`. */
function predictAt({ features, trees }: Boosted, x: Matrix, rounds: readonly number[]): Predictions[] {
  const reader = new FeatureReader(features);
  const outputs = Math.max(2, trees.outputs ?? 1);
  const stages = rounds.map(() => ({ rows: x.rows, outputs, values: new Float64Array(x.rows * outputs) }));
  for (let i = 0; i < x.rows; i++) {
    reader.read(x, i);
    stagedOutputs(trees, reader.row, rounds).forEach((raw, stage) => {
      writeProbabilities(raw, stages[stage]!.values.subarray(i * outputs, (i + 1) * outputs));
    });
  }
  return stages;
}

function writeProbabilities(raw: Float64Array, into: Float64Array): void {
  if (raw.length === 1) {
    into[1] = 1 / (1 + Math.exp(-raw[0]!));
    into[0] = 1 / (1 + Math.exp(raw[0]!));
    return;
  }
  const highest = raw.reduce((a, b) => Math.max(a, b));
  let total = 0;
  for (let k = 0; k < raw.length; k++) {
    into[k] = Math.exp(raw[k]! - highest);
    total += into[k]!;
  }
  for (let k = 0; k < raw.length; k++) into[k]! /= total;
}
