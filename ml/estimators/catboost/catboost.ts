import { oneOutput } from '../../core/predictions.ts';
import type { Boosted } from '../../trees/oblivious/boosting/boost.ts';
import { FeatureReader } from '../../trees/oblivious/model/features.ts';
import { stagedSums, sumTrees } from '../../trees/oblivious/model/trees.ts';
import type { Estimator } from '../estimator.ts';
import { catboostContributions } from './contributions.ts';
import { checkHeldOut, fitTrees } from './fit.ts';
import { isRandom, sharesFit, shortened } from './options.ts';
import { params } from './params.ts';

/**
 * Boosted oblivious trees, which see categories as they are: by statistics of the target, in a random order that keeps
 * a row's own target from it, and those of rows of its group, or as late. Numbers are compared as float32; a missing one is below all others, a missing
 * category a level of its own, and a level that training has not seen is one without rows.
 *
 * Source: CatBoost 1.2, `CatBoostRegressor` on CPU with the loss RMSE.
 */
export const catboost: Estimator<typeof params, Boosted> = {
  title: 'CatBoost',
  tasks: ['regression'],
  params,
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  inBlocks: true,
  areSingle: true,
  weighted: true,
  isRandom,
  checkParams: checkHeldOut,
  fit: ({ params: values, ...training }) => fitTrees(training, values),
  predict({ bias, features, trees }, x) {
    const reader = new FeatureReader(features);
    const predictions = new Float64Array(x.rows);
    for (let i = 0; i < x.rows; i++) {
      reader.read(x, i);
      predictions[i] = bias + sumTrees(trees, reader.row);
    }
    return oneOutput(predictions);
  },
  contributions: catboostContributions,
  staged: {
    rounds: 'iterations',
    count: ({ trees }) => trees.depths.length,
    patience: 'od_wait',
    sharesFit,
    shortened,
    predict({ bias, features, trees }, x, rounds) {
      const reader = new FeatureReader(features);
      const stages = rounds.map(() => new Float64Array(x.rows));
      for (let i = 0; i < x.rows; i++) {
        reader.read(x, i);
        stagedSums(trees, reader.row, rounds).forEach((sum, k) => {
          stages[k]![i] = bias + sum;
        });
      }
      return stages.map(oneOutput);
    },
  },
};
