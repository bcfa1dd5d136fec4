import { ParamError } from '../../core/errors.ts';
import { holdOut } from '../../core/hold-out.ts';
import { copyRows } from '../../core/matrix.ts';
import { oneOutput } from '../../core/predictions.ts';
import { RandomStream } from '../../core/random-stream.ts';
import { type Boosted, boost } from '../../trees/oblivious/boosting/boost.ts';
import type { Rows } from '../../trees/oblivious/boosting/fitting.ts';
import { automaticLearningRate } from '../../trees/oblivious/boosting/learning-rate.ts';
import { FeatureReader } from '../../trees/oblivious/model/features.ts';
import { stagedSums, sumTrees } from '../../trees/oblivious/model/trees.ts';
import type { Bootstrap } from '../../trees/oblivious/sampling/bootstrap.ts';
import { countedRows } from '../counted-rows.ts';
import type { Estimator } from '../estimator.ts';
import type { ParamValues } from '../params.ts';

const params = {
  iterations: { type: 'integer', default: 1000, min: 1, max: 100_000, description: 'how many trees there are' },
  learning_rate: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1,
    description:
      'by what each tree is multiplied; null: the reference’s formula of rows and iterations, or 0.03 where l2_leaf_reg ' +
      'or leaf_estimation_iterations is not the default',
  },
  depth: { type: 'integer', default: 6, min: 1, max: 16, description: 'how many splits a tree has, one a level' },
  l2_leaf_reg: {
    type: 'number',
    default: 3,
    min: 0,
    max: 1e6,
    description: 'how many rows of gradient 0 each leaf is valued with',
  },
  score_function: {
    type: 'choice',
    default: 'Cosine',
    choices: ['Cosine', 'L2'],
    description: 'splits are scored by the cosine between gradients and leaf values, or by the squared error',
  },
  random_strength: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e6,
    description: 'how much noise is on the scores of splits; it fades as the model grows',
  },
  boosting_type: {
    type: 'choice',
    default: 'Plain',
    choices: ['Plain', 'Ordered'],
    description:
      'Ordered: a row’s gradient comes from a model of the rows before it, which suits small data, and is slow',
  },
  bootstrap_type: {
    type: 'choice',
    default: 'MVS',
    choices: ['MVS', 'Bayesian', 'Bernoulli', 'No'],
    description: 'how rows are sampled for each tree: by gradient, by random weights, each alike, or all of them',
  },
  subsample: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1,
    description: 'the part of the rows that MVS and Bernoulli sample; null: 0.8 and 0.66, and all of fewer than 100',
  },
  bagging_temperature: {
    type: 'number',
    default: 1,
    min: 0,
    max: 100,
    description: 'Bayesian weights are raised to this power: at 0 all are 1',
  },
  rsm: {
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1,
    description: 'the part of the columns that each level looks at',
  },
  border_count: {
    type: 'integer',
    default: 254,
    min: 1,
    max: 255,
    description: 'the most borders by which a number is binned',
  },
  one_hot_max_size: {
    type: 'integer',
    default: 2,
    min: 0,
    max: 255,
    description: 'a category of at most so many levels is split by level; others, by target statistics',
  },
  max_ctr_complexity: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 8,
    description: 'how many categories are combined in a target statistic; null: 4, or 1 below 200 iterations',
  },
  model_size_reg: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1e3,
    description: 'by how much statistics of many groups of rows score less until a tree has used them',
  },
  leaf_estimation_iterations: {
    type: 'integer',
    default: 1,
    min: 1,
    max: 1000,
    description: 'how many steps there are to the value of a leaf',
  },
  has_time: {
    type: 'boolean',
    default: false,
    description: 'the rows are in an order that means something: it is kept, and the last ones are held out',
  },
  eval_fraction: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.9,
    description: 'the part of the rows that is held out, to see how many trees are best',
  },
  od_wait: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 100_000,
    description: 'how many trees without a lower error on the held-out rows end the training (od_type Iter)',
  },
  use_best_model: {
    type: 'boolean',
    default: null,
    nullable: true,
    description:
      'where rows are held out, whether trees past the lowest error on them are cut off; null: if their targets differ',
  },
} as const;

type CatBoostParams = ParamValues<typeof params>;

/**
 * Boosted oblivious trees, which see categories as they are: by statistics of the target, in a random order that keeps
 * a row's own target from it. Numbers are compared as float32; a missing one is below all others, a missing
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
  fit({ x, y, weights, validation, params: values, seed, threads, onRound }) {
    const random = new RandomStream(seed);
    const rows = countedHere({ x, y, weights });
    const { learned, held } = validation
      ? { learned: rows, held: countedHere(validation) }
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
  staged: {
    rounds: 'iterations',
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

/** Random rows are held out, or the last ones; one row at least is left to learn from. */
function split(rows: Rows, values: CatBoostParams, random: RandomStream): { learned: Rows; held: Rows | null } {
  const count = Math.min(Math.floor(values.eval_fraction * rows.x.rows), rows.x.rows - 1);
  if (count === 0) return { learned: rows, held: null };
  const { learned, held } = holdOut(rows.x.rows, count, values.has_time ? undefined : random);
  return { learned: take(rows, learned), held: take(rows, held) };
}

function take({ x, y, weights }: Rows, rows: Uint32Array): Rows {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return { x: copyRows(x, rows), y: pick(y), weights: weights && pick(weights) };
}

/** Up to this factor the weights of rows keep their unit. */
const LARGE_UNIT = 2 ** 64;

/**
 * The rows that have a weight: the reference bins the others too, and counts them in statistics of categories. In what unit weights
 * are decides how strong the noise on scores is, as in the reference; only where float32 might not hold them they are scaled.
 */
function countedHere(labelled: Rows): Rows {
  const { x, y, weights, unit } = countedRows(labelled);
  const keepsUnit = unit < LARGE_UNIT && unit > 1 / LARGE_UNIT;
  return { x, y, weights: keepsUnit ? weights?.map((weight) => weight / unit) : weights };
}

function optionsOf(values: CatBoostParams, learned: Rows, held: Rows | null): Parameters<typeof boost>[2] {
  const { rows } = learned.x;
  const differ = ({ y: [first, ...others] }: Rows) =>
    others.some((target) => Math.fround(target) !== Math.fround(first!));
  const useBestModel = held !== null && (values.use_best_model ?? differ(held));
  return {
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
    maxComplexity: values.max_ctr_complexity ?? (values.iterations < 200 ? 1 : 4),
    modelSizeReg: values.model_size_reg,
    hasTime: values.has_time,
    odWait: values.od_wait,
    useBestModel,
  };
}

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
