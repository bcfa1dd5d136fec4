import type { boost } from '../../trees/oblivious/boosting/boost.ts';
import type { Rows } from '../../trees/oblivious/boosting/fitting.ts';
import type { Bootstrap } from '../../trees/oblivious/sampling/bootstrap.ts';
import { defaultsFor, type LossDefaults } from './loss-defaults.ts';
import { type CatBoostParams, type ClassifierParams, params } from './params.ts';

/** Of either task. */
export type AnyParams = CatBoostParams | ClassifierParams;

/** The reference takes no l2 of 0 for a loss whose second derivative may vanish. */
const LEAST_L2 = 1e-20;

export function optionsOf(
  values: AnyParams,
  learned: Rows,
  held: Rows | null,
  defaults: LossDefaults,
): Parameters<typeof boost>[2] {
  const { rows, columns } = learned.x;
  const { objective } = defaults;
  const differ = ({ y: [first, ...others] }: Rows) =>
    others.some((target) => Math.fround(target) !== Math.fround(first!));
  const useBestModel = held !== null && (values.use_best_model ?? differ(held));
  const l2 = objective.startsFromMean ? values.l2_leaf_reg : Math.max(values.l2_leaf_reg, LEAST_L2);
  return {
    objective,
    iterations: values.iterations,
    learningRate: learningRate(values, rows, useBestModel, defaults),
    depth: values.depth,
    l2: Math.fround(l2),
    leafIterations: values.leaf_estimation_iterations ?? leafIterations(values, columns, defaults),
    ordered: values.boosting_type === 'Ordered',
    bootstrap: bootstrapOf(values, rows, defaults),
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

/** Fewer iterations have simpler defaults. */
const hasFewIterations = ({ iterations }: Pick<AnyParams, 'iterations'>) => iterations < 200;

/** How many categories a target statistic combines at most. */
const complexityOf = (values: AnyParams): number => values.max_ctr_complexity ?? (hasFewIterations(values) ? 1 : 4);

/** Of so few columns a few trees value their leaves in one step. */
const FEW_COLUMNS = 20;

function leafIterations(values: AnyParams, columns: number, defaults: LossDefaults): number {
  return hasFewIterations(values) && columns < FEW_COLUMNS ? 1 : defaults.leafIterations;
}

/** Whether of two candidates that differ in `iterations` alone the longer fit begins as the shorter one. */
export function sharesFit(one: AnyParams, other: AnyParams): boolean {
  if (one.learning_rate === null || complexityOf(one) !== complexityOf(other)) return false;
  return one.leaf_estimation_iterations !== null || hasFewIterations(one) === hasFewIterations(other);
}

/** The parameters of the first so many trees of a fit; null where its learning rate hangs on how many there are. */
export function shortened<P extends AnyParams>(values: P, iterations: number, classes: number | undefined): P | null {
  if (values.learning_rate === null) return null;
  const { leafIterations } = defaultsFor(classes);
  return {
    ...values,
    iterations,
    max_ctr_complexity: complexityOf(values),
    leaf_estimation_iterations: values.leaf_estimation_iterations ?? (hasFewIterations(values) ? null : leafIterations),
  };
}

/** Whether fits differ with their seed: by the rows or columns that trees look at, the noise on scores, or the order in which targets are counted. */
export function isRandom(values: AnyParams): boolean {
  const { bootstrap_type, bagging_temperature, subsample, rsm, random_strength } = values;
  const drawsRows =
    bootstrap_type === 'Bayesian' ? bagging_temperature > 0 : bootstrap_type !== 'No' && subsample !== 1;
  return random_strength > 0 || rsm < 1 || drawsRows;
}

function learningRate(values: AnyParams, rows: number, bestModel: boolean, defaults: LossDefaults): number {
  if (values.learning_rate !== null) return Math.fround(values.learning_rate);
  const asGiven =
    values.l2_leaf_reg === params.l2_leaf_reg.default &&
    (values.leaf_estimation_iterations === null ||
      values.leaf_estimation_iterations === (defaults.objective.startsFromMean ? defaults.leafIterations : null));
  return asGiven ? automaticLearningRate(defaults, rows, values.iterations, bestModel) : Math.fround(0.03);
}

function bootstrapOf(values: AnyParams, rows: number, defaults: LossDefaults): Bootstrap {
  const type = values.bootstrap_type ?? defaults.bootstrap;
  const rate = values.subsample ?? (rows < 100 ? 1 : type === 'MVS' ? 0.8 : 0.66);
  switch (type) {
    case 'MVS':
    case 'Bernoulli':
      return { type, rate: Math.fround(rate) };
    case 'Bayesian':
      return { type: 'Bayesian', temperature: values.bagging_temperature };
    case 'No':
      return { type: 'No' };
  }
}

/**
 * The learning rate that CatBoost takes where none is given: slower where iterations are many, faster where rows are, and at
 * most 0.5.
 *
 * Source: CatBoost 1.2, seen in `get_all_params()` at many sizes; `bestModel` where iterations past the best are cut off.
 */
export function automaticLearningRate(
  { rate: usual, bestModelRate }: Pick<LossDefaults, 'rate' | 'bestModelRate'>,
  rows: number,
  iterations: number,
  bestModel: boolean,
): number {
  const [byRows, constant, byIterations] = bestModel ? bestModelRate : usual;
  const rate = Math.exp(byRows * Math.log(rows) + constant + byIterations * Math.log(iterations / 1000));
  return Math.fround(Math.round(Math.min(rate, 0.5) * 1e6) / 1e6);
}
