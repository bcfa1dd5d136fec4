import type { ParamValues } from '../params.ts';

const share = { type: 'number', default: 1, min: 0.001, max: 1 } as const;

/** What regressors and classifiers alike grow their trees by. */
const growing = {
  learning_rate: {
    type: 'number',
    default: 0.3,
    min: 0.0001,
    max: 1,
    description: 'what each tree’s values are multiplied by',
    search: { low: 0.01, high: 0.3, scale: 'log', grid: [0.03, 0.1, 0.3] },
  },
  n_estimators: { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' },
  max_depth: {
    type: 'integer',
    default: 6,
    min: 0,
    max: 64,
    description: 'splits between root and leaf; 0: no limit',
    search: { low: 2, high: 10, scale: 'linear', grid: [3, 5, 7] },
  },
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
    description:
      'the smallest sum of hessians of a child: of weights, where the objective is a squared, absolute or quantile error',
    search: { low: 1, high: 64, scale: 'log' },
  },
  gamma: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e12,
    description: 'the smallest gain of a split: what it must take off the loss',
  },
  reg_alpha: { type: 'number', default: 0, min: 0, max: 1e12, description: 'L1 regularisation of leaf values' },
  reg_lambda: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e12,
    description: 'L2 regularisation of leaf values',
    search: { low: 0.1, high: 30, scale: 'log' },
  },
  max_delta_step: {
    type: 'number',
    default: null,
    nullable: true,
    min: 0,
    max: 1e12,
    description: 'the largest leaf value before the learning rate; 0: no limit; null: 0.7 for count:poisson, else 0',
  },
  monotone_constraints: {
    type: 'columns',
    default: null,
    nullable: true,
    allowed: [-1, 0, 1],
    description: 'columns as which predictions never fall (1) or never rise (-1): {"age": 1}',
  },
  subsample: {
    ...share,
    description: 'the share of the rows that is drawn for each tree',
    search: { low: 0.5, high: 1, scale: 'linear' },
  },
  colsample_bytree: {
    ...share,
    description: 'the share of the columns that is drawn for each tree',
    search: { low: 0.3, high: 1, scale: 'linear' },
  },
  colsample_bylevel: { ...share, description: 'of those, the share that is drawn for each level' },
  colsample_bynode: { ...share, description: 'of those, the share that is drawn for each node' },
  max_bin: { type: 'integer', default: 256, min: 2, max: 256, description: 'at most so many bins a column' },
  base_score: {
    type: 'number',
    default: null,
    nullable: true,
    min: -1e12,
    max: 1e12,
    description:
      'what every prediction starts from, in the targets’ unit; null: what suits the objective, mostly the mean',
  },
  early_stopping_rounds: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 100_000,
    description: 'stop after so many trees without a lower loss on rows held out of training, and keep those before',
  },
  validation_fraction: {
    type: 'number',
    default: 0.1,
    min: 0.01,
    max: 0.9,
    description: 'the share of the rows that is held out for early stopping',
  },
} as const;

export type GrowingParams = ParamValues<typeof growing>;

/** A regressor's. */
export const params = {
  objective: {
    type: 'choice',
    default: 'reg:squarederror',
    choices: [
      'reg:squarederror',
      'reg:absoluteerror',
      'reg:pseudohubererror',
      'reg:quantileerror',
      'count:poisson',
      'reg:gamma',
      'reg:tweedie',
    ],
    description: 'the loss that trees lessen',
  },
  quantile_alpha: {
    type: 'number',
    default: null,
    nullable: true,
    min: 0,
    max: 1,
    description: 'the quantile that reg:quantileerror predicts, which needs it',
  },
  huber_slope: {
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1e12,
    description: 'errors of about this size pass from squared to absolute in reg:pseudohubererror',
  },
  tweedie_variance_power: {
    type: 'number',
    default: 1.5,
    min: 1,
    max: 1.999,
    description: 'the power of the mean that the variance is proportional to in reg:tweedie',
  },
  ...growing,
} as const;

export type XgboostParams = ParamValues<typeof params>;

/** A classifier's. */
export const classifierParams = {
  objective: {
    type: 'choice',
    default: 'binary:logistic',
    choices: ['binary:logistic', 'multi:softprob'],
    description:
      'the loss that trees lessen: of two classes binary:logistic; of more it is multi:softprob whatever is given',
  },
  scale_pos_weight: {
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1e6,
    description:
      'what the weight of the rows of class 1, the second of two, is multiplied by; of more classes it does nothing',
  },
  ...growing,
  min_child_weight: {
    ...growing.min_child_weight,
    description:
      'the smallest sum of hessians of a child: of p (1 − p) of two classes, twice that of more, times the weight of each row',
    // A row has a hessian of 1/4 at most, and of less the surer it is.
    search: { low: 0.1, high: 16, scale: 'log' },
  },
  max_delta_step: {
    ...growing.max_delta_step,
    description: 'the largest leaf value before the learning rate; 0 or null: no limit',
  },
  base_score: {
    ...growing.base_score,
    min: 1e-6,
    max: 1 - 1e-6,
    description:
      'the probability of class 1, the second of two, that every prediction starts from; null: its share; of more classes it is no matter',
  },
} as const;

export type ClassifierParams = ParamValues<typeof classifierParams>;

type Sampling = Readonly<Record<'subsample' | 'colsample_bytree' | 'colsample_bylevel' | 'colsample_bynode', number>>;

/** Whether trees look at rows or columns that are drawn. */
export const samples = ({ subsample, colsample_bytree, colsample_bylevel, colsample_bynode }: Sampling): boolean =>
  Math.min(subsample, colsample_bytree, colsample_bylevel, colsample_bynode) < 1;
