import { ParamError } from '../../core/errors.ts';
import { oneOutput } from '../../core/predictions.ts';
import { RandomStream } from '../../core/random-stream.ts';
import { type Boosted, boost } from '../../trees/oblivious/boosting/boost.ts';
import { FeatureReader } from '../../trees/oblivious/model/features.ts';
import { stagedSums, sumTrees } from '../../trees/oblivious/model/trees.ts';
import type { Estimator } from '../estimator.ts';
import { catboostContributions } from './contributions.ts';
import { rowsWithWeight, split } from './learning-rows.ts';
import { complexityOf, optionsOf } from './options.ts';
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
  weighted: true,
  checkParams({ od_wait, use_best_model, eval_fraction }, hasValidation) {
    const given = od_wait !== null ? 'od_wait' : use_best_model ? 'use_best_model' : undefined;
    if (given !== undefined && eval_fraction === 0 && !hasValidation)
      throw new ParamError(
        `catboost’s ${given} needs rows that are held out: set eval_fraction above 0, or ${given} to null`,
      );
  },
  fit({ validation, params: values, seed, threads, onRound, ...labelled }) {
    const random = new RandomStream(seed);
    const rows = rowsWithWeight(labelled);
    const { learned, held } = validation
      ? { learned: rows, held: rowsWithWeight(validation) }
      : split(rows, values, random);
    if (held === null && values.use_best_model)
      throw new ParamError(
        `catboost’s use_best_model needs a row that is held out, and of ${rows.x.rows} eval_fraction ${values.eval_fraction} holds out none: raise it, or set use_best_model to null`,
      );
    return boost(learned, held, optionsOf(values, learned, held), random, { threads, onRound });
  },
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
    sharesFit: (params, other) => params.learning_rate !== null && complexityOf(params) === complexityOf(other),
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
