import type { boost } from '../../trees/oblivious/boosting/boost.ts';
import type { Rows } from '../../trees/oblivious/boosting/fitting.ts';
import { squaredError } from '../../trees/oblivious/losses/squared-error.ts';
import type { Bootstrap } from '../../trees/oblivious/sampling/bootstrap.ts';
import { type CatBoostParams, params } from './params.ts';

export function optionsOf(values: CatBoostParams, learned: Rows, held: Rows | null): Parameters<typeof boost>[2] {
  const { rows } = learned.x;
  const differ = ({ y: [first, ...others] }: Rows) =>
    others.some((target) => Math.fround(target) !== Math.fround(first!));
  const useBestModel = held !== null && (values.use_best_model ?? differ(held));
  return {
    objective: squaredError,
    iterations: values.iterations,
    learningRate: learningRate(values, rows, useBestModel),
    depth: values.depth,
    l2: Math.fround(values.l2_leaf_reg),
    leafIterations: values.leaf_estimation_iterations,
    ordered: values.boosting_type === 'Ordered',
    bootstrap: bootstrapOf(values, rows),
    randomStrength: values.random_strength,
    cosine: values.score_function === 'Cosine',
    rsm: values.rsm,
    borderCount: values.border_count,
    oneHotMaxSize: values.one_hot_max_size,
    maxComplexity: complexityOf(values),
    modelSizeReg: values.model_size_reg,
    hasTime: values.has_time,
    odWait: values.od_wait,
    useBestModel,
  };
}

/** How many categories a target statistic combines at most. */
export const complexityOf = ({ max_ctr_complexity, iterations }: CatBoostParams): number =>
  max_ctr_complexity ?? (iterations < 200 ? 1 : 4);

function learningRate(values: CatBoostParams, rows: number, bestModel: boolean): number {
  if (values.learning_rate !== null) return Math.fround(values.learning_rate);
  const asGiven =
    values.l2_leaf_reg === params.l2_leaf_reg.default &&
    values.leaf_estimation_iterations === params.leaf_estimation_iterations.default;
  return asGiven ? automaticLearningRate(rows, values.iterations, bestModel) : Math.fround(0.03);
}

function bootstrapOf(values: CatBoostParams, rows: number): Bootstrap {
  const rate = values.subsample ?? (rows < 100 ? 1 : values.bootstrap_type === 'MVS' ? 0.8 : 0.66);
  switch (values.bootstrap_type) {
    case 'MVS':
    case 'Bernoulli':
      return { type: values.bootstrap_type, rate: Math.fround(rate) };
    case 'Bayesian':
      return { type: 'Bayesian', temperature: values.bagging_temperature };
    case 'No':
      return { type: 'No' };
  }
}

/**
 * The learning rate that CatBoost takes for RMSE where none is given: slower where iterations are many, faster where rows
 * are, and at most 0.5.
 *
 * Source: CatBoost 1.2, seen in `get_all_params()` at many sizes; `bestModel` where iterations past the best are cut off.
 */
export function automaticLearningRate(rows: number, iterations: number, bestModel: boolean): number {
  const [byRows, constant, byIterations] = bestModel ? [0.157, -4.062, -0.61] : [0.158, -4.287, -0.813];
  const rate = Math.exp(byRows * Math.log(rows) + constant + byIterations * Math.log(iterations / 1000));
  return Math.fround(Math.round(Math.min(rate, 0.5) * 1e6) / 1e6);
}
