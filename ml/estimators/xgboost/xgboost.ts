import { DataError } from '../../core/errors.ts';
import { type Matrix, rowOf } from '../../core/matrix.ts';
import { oneOutput } from '../../core/predictions.ts';
import { createRandom, permutation, type Random } from '../../core/random.ts';
import { ColumnSampler } from '../../trees/binned/column-sampler.ts';
import { TreeGrower } from '../../trees/binned/grow.ts';
import { Validation } from '../../trees/binned/validation.ts';
import { checkFloat32 } from '../../trees/float32-range.ts';
import { stagedSums, sumTrees, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import type { ParamValues } from '../params.ts';

const share = { type: 'number', default: 1, min: 0.001, max: 1 } as const;

const params = {
  learning_rate: {
    type: 'number',
    default: 0.3,
    min: 0.0001,
    max: 1,
    description: 'what each tree’s values are multiplied by',
  },
  n_estimators: { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' },
  max_depth: { type: 'integer', default: 6, min: 0, max: 64, description: 'splits between root and leaf; 0: no limit' },
  max_leaves: { type: 'integer', default: 0, min: 0, max: 65_536, description: 'leaves of a tree; 0: no limit' },
  grow_policy: {
    type: 'choice',
    default: 'depthwise',
    choices: ['depthwise', 'lossguide'],
    description: 'split the least deep leaf next, or the one that takes most off the loss',
  },
  min_child_weight: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e9,
    description: 'the smallest number of rows of a child',
  },
  gamma: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e12,
    description: 'the smallest gain of a split: what it must take off the loss',
  },
  reg_alpha: { type: 'number', default: 0, min: 0, max: 1e12, description: 'L1 regularisation of leaf values' },
  reg_lambda: { type: 'number', default: 1, min: 0, max: 1e12, description: 'L2 regularisation of leaf values' },
  subsample: { ...share, description: 'the share of the rows that is drawn for each tree' },
  colsample_bytree: { ...share, description: 'the share of the columns that is drawn for each tree' },
  colsample_bylevel: { ...share, description: 'of those, the share that is drawn for each level' },
  colsample_bynode: { ...share, description: 'of those, the share that is drawn for each node' },
  max_bin: { type: 'integer', default: 256, min: 2, max: 256, description: 'at most so many bins a column' },
  base_score: {
    type: 'number',
    default: null,
    nullable: true,
    min: -1e12,
    max: 1e12,
    description: 'what every prediction starts from; null: the mean of the targets',
  },
  early_stopping_rounds: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 100_000,
    description: 'stop after so many trees without a better RMSE on rows held out of training, and keep those before',
  },
  validation_fraction: {
    type: 'number',
    default: 0.1,
    min: 0.01,
    max: 0.9,
    description: 'the share of the rows that is held out for early stopping',
  },
} as const;

const LIMITS =
  'XGBoost computes in float32, so targets, and how far they are apart, must be below 3.4e38: state them in a larger unit';

type XgboostParams = ParamValues<typeof params>;

/** The sum of the trees, on top of a base: float32 all along, as in training. */
type XgboostState = {
  readonly base: number;
  readonly trees: Trees;
};

/**
 * Gradient boosting of regularised trees on binned columns, for squared error.
 *
 * Source: Chen and Guestrin 2016; XGBoost 3.2, `XGBRegressor` with `tree_method="hist"`. Targets, gradients and
 * predictions are float32, a prediction after each tree; early stopping holds rows out by itself, where the reference is
 * given them.
 */
export const xgboost: Estimator<typeof params, XgboostState> = {
  title: 'XGBoost',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'kept' },
  weighted: false,
  fit({ x, y, validation: given, params: values, seed, threads = 1, onRound }) {
    checkFloat32(x);
    const random = createRandom(seed);
    const rows = { x, targets: asFloat32(y) };
    const { learned, held } =
      given && values.early_stopping_rounds !== null
        ? { learned: rows, held: { x: given.x, targets: asFloat32(given.y) } }
        : holdOut(rows, values, random);
    const base = Math.fround(values.base_score ?? meanOf(learned.targets));
    checkSpread(learned.targets, base);
    const grower = new TreeGrower(learned.x, growRules(values), false, threads);
    try {
      const builder = new TreeBuilder();
      const columns = new ColumnSampler(
        x.columns,
        { byTree: values.colsample_bytree, byLevel: values.colsample_bylevel, byNode: values.colsample_bynode },
        random,
      );
      const validation = held && new Validation(held.x, held.targets, base, values.early_stopping_rounds ?? Infinity);
      grower.predictions.fill(base);
      for (let tree = 0; tree < values.n_estimators && !validation?.isOver; tree++) {
        drawRows(grower.drawn, values.subsample, random);
        differentiate(learned.targets, grower);
        columns.beginTree();
        grower.grow(builder, columns);
        validation?.add(builder.view());
        onRound?.(tree + 1, values.n_estimators);
      }
      return { base, trees: builder.build(validation?.best) };
    } finally {
      grower.close();
    }
  },
  predict: ({ base, trees }, x) => oneOutput(sumTrees(trees, x, base, 'float32')),
  staged: {
    rounds: 'n_estimators',
    predict: ({ base, trees }, x, rounds) => stagedSums(trees, x, base, rounds, 'float32').map(oneOutput),
  },
};

function growRules(values: XgboostParams) {
  return {
    policy: values.grow_policy,
    maxDepth: values.max_depth,
    maxLeaves: values.max_leaves,
    alpha: values.reg_alpha,
    lambda: values.reg_lambda,
    gamma: values.gamma,
    minChildWeight: values.min_child_weight,
    learningRate: values.learning_rate,
    maxBins: values.max_bin,
  };
}

interface Rows {
  readonly x: Matrix;
  readonly targets: Float32Array;
}

/** Holds rows out for early stopping; none without it, or where too few are there to hold one out. */
function holdOut(rows: Rows, values: XgboostParams, random: Random): { learned: Rows; held?: Rows } {
  const count = Math.floor(rows.x.rows * values.validation_fraction);
  if (values.early_stopping_rounds === null || count === 0) return { learned: rows };
  const order = permutation(rows.x.rows, random);
  return { learned: take(rows, order.subarray(count).sort()), held: take(rows, order.subarray(0, count).sort()) };
}

function take({ x, targets }: Rows, rows: Uint32Array): Rows {
  const data = new Float64Array(rows.length * x.columns);
  rows.forEach((row, i) => {
    data.set(rowOf(x, row), i * x.columns);
  });
  return { x: { ...x, rows: rows.length, data }, targets: Float32Array.from(rows, (row) => targets[row]!) };
}

/** Draws rows anew, each with the same chance. */
function drawRows(drawn: Uint8Array, subsample: number, random: Random): void {
  if (subsample === 1) return;
  for (let i = 0; i < drawn.length; i++) drawn[i] = random.uniform() < subsample ? 1 : 0;
}

/** @throws DataError where a target is too large */
function asFloat32(y: Float64Array): Float32Array {
  const targets = Float32Array.from(y);
  const row = targets.findIndex((target) => !Number.isFinite(target));
  if (row === -1) return targets;
  throw new DataError(`the target of row ${row} is ${y[row]}; ${LIMITS}`);
}

/** @throws DataError where what is missing of a target is too large */
function checkSpread(targets: Float32Array, base: number): void {
  const row = targets.findIndex((target) => !Number.isFinite(Math.fround(target - base)));
  if (row === -1) return;
  throw new DataError(
    `the target of row ${row} is ${targets[row]}, too far from ${base}, where predictions start; ${LIMITS}`,
  );
}

function meanOf(targets: Float32Array): number {
  let sum = 0;
  for (const target of targets) sum += target;
  return sum / targets.length;
}

function differentiate(targets: Float32Array, { predictions, gradients }: TreeGrower): void {
  for (let i = 0; i < targets.length; i++) gradients[i] = predictions[i]! - targets[i]!;
}
