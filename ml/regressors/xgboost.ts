import { createRandom, permutation, type Random } from '../random.ts';
import { ColumnSampler } from '../trees/binned/column-sampler.ts';
import { TreeGrower } from '../trees/binned/grow.ts';
import { sumTrees, TreeBuilder, type Trees } from '../trees/trees.ts';
import type { ParamValues } from './params.ts';
import type { Regressor } from './regressor.ts';

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
  min_child_weight: { type: 'number', default: 1, min: 0, max: 1e9, description: 'the least rows of a child' },
  gamma: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e12,
    description: 'the least that a split must take off the loss',
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

type XgboostParams = ParamValues<typeof params>;

/** The sum of the trees, on top of a base. */
interface XgboostState {
  readonly [key: string]: number | Trees;
  readonly base: number;
  readonly trees: Trees;
}

/**
 * Gradient boosting of regularised trees on binned columns, for squared error.
 *
 * Source: Chen and Guestrin 2016; XGBoost 3.2, `XGBRegressor` with `tree_method="hist"`. Sums are kept to more digits
 * than float32; early stopping holds rows out by itself, where the reference is given them.
 */
export const xgboost: Regressor<typeof params, XgboostState> = {
  title: 'XGBoost',
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'kept' },
  fit(x, y, values, seed, { threads = 1, onRound } = {}) {
    const random = createRandom(seed);
    const grower = new TreeGrower(x, y, growRules(values), threads);
    try {
      const builder = new TreeBuilder();
      const columns = new ColumnSampler(
        x.columns,
        { byTree: values.colsample_bytree, byLevel: values.colsample_bylevel, byNode: values.colsample_bynode },
        random,
      );
      const held = heldOut(y.length, values, random);
      const stopping = new EarlyStopping(values.early_stopping_rounds ?? Infinity);
      const drawRows = rowSampler(grower.weights, held, values.subsample, random);
      const base = values.base_score ?? meanOf(y, held);
      grower.predictions.fill(base);
      for (let tree = 0; tree < values.n_estimators && !stopping.isOver; tree++) {
        drawRows();
        columns.beginTree();
        grower.grow(builder, columns);
        if (held.length > 0) stopping.tell(squaredError(y, grower.predictions, held));
        onRound?.(tree + 1, values.n_estimators);
      }
      return { base, trees: builder.build(stopping.best) };
    } finally {
      grower.close();
    }
  },
  predict: ({ base, trees }, x) => sumTrees(trees, x, base),
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

/** The rows held out for early stopping; none without it, or where too few rows would be left. */
function heldOut(
  rows: number,
  { early_stopping_rounds, validation_fraction }: XgboostParams,
  random: Random,
): Uint32Array {
  const held = Math.floor(rows * validation_fraction);
  if (early_stopping_rounds === null || held === 0) return new Uint32Array();
  return permutation(rows, random).subarray(0, held).sort();
}

/** A function that draws rows anew, each with the same chance; those held out have no weight ever. */
function rowSampler(weights: Uint16Array, held: Uint32Array, subsample: number, random: Random): () => void {
  weights.fill(1);
  for (const row of held) weights[row] = 0;
  if (subsample === 1) return () => {};
  const allowed = weights.slice();
  return () => {
    for (let i = 0; i < weights.length; i++) weights[i] = random.uniform() < subsample ? allowed[i]! : 0;
  };
}

/** Follows an error from tree to tree. */
class EarlyStopping {
  readonly #patience: number;
  #least = Infinity;
  #trees = 0;
  /** How many trees to keep; undefined while nothing was told. */
  best: number | undefined;

  constructor(patience: number) {
    this.#patience = patience;
  }

  tell(error: number): void {
    this.#trees += 1;
    if (error >= this.#least) return;
    this.#least = error;
    this.best = this.#trees;
  }

  get isOver(): boolean {
    return this.best !== undefined && this.#trees - this.best >= this.#patience;
  }
}

function meanOf(y: Float64Array, except: Uint32Array): number {
  let sum = 0;
  for (const value of y) sum += value;
  for (const row of except) sum -= y[row]!;
  return sum / (y.length - except.length);
}

function squaredError(y: Float64Array, predictions: Float32Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += (y[row]! - predictions[row]!) ** 2;
  return sum / rows.length;
}
