import { treeParams } from './tree-params.ts';

const loss = { type: 'choice', description: 'what each tree lessens' } as const;

/** How trees grow. */
const growing = {
  learning_rate: {
    type: 'number',
    default: 0.1,
    min: 0.0001,
    max: 100,
    description: 'what each tree’s values are multiplied by',
    search: { low: 0.01, high: 0.3, scale: 'log', grid: [0.03, 0.1] },
  },
  n_estimators: { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' },
  subsample: {
    type: 'number',
    default: 1,
    min: 0.001,
    max: 1,
    description: 'the share of the rows that each tree draws',
    search: { low: 0.5, high: 1, scale: 'linear', grid: [0.7, 1] },
  },
  criterion: {
    type: 'choice',
    default: 'friedman_mse',
    choices: ['friedman_mse', 'squared_error'],
    description: 'what a split lessens; both choose alike',
  },
  ...treeParams,
  max_depth: { ...treeParams.max_depth, default: 3, search: { low: 2, high: 8, scale: 'linear', grid: [2, 3, 5] } },
  min_samples_leaf: { ...treeParams.min_samples_leaf, search: { low: 1, high: 50, scale: 'log', whole: true } },
  max_features: { ...treeParams.max_features, search: { low: 0.3, high: 1, scale: 'linear' } },
} as const;

/** When they stop. */
const stopping = {
  n_iter_no_change: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 100_000,
    description: 'stop after so many trees without less loss on rows held out; null: never',
  },
  validation_fraction: {
    type: 'number',
    default: 0.1,
    min: 0.001,
    max: 0.999,
    description: 'the share of the rows that is held out for that',
  },
  tol: { type: 'number', default: 0.0001, min: 0, max: 1e12, description: 'less loss by so much does not count' },
} as const;

export const numberParams = {
  loss: {
    ...loss,
    default: 'squared_error',
    choices: ['squared_error', 'absolute_error', 'huber', 'quantile'],
  },
  ...growing,
  alpha: {
    type: 'number',
    default: 0.9,
    min: 0.001,
    max: 0.999,
    description: 'the quantile of the losses huber (of absolute errors) and quantile (of targets)',
  },
  ...stopping,
} as const;

export const classParams = {
  loss: { ...loss, default: 'log_loss', choices: ['log_loss', 'exponential'] },
  ...growing,
  n_estimators: { ...growing.n_estimators, description: 'how many trees; of several classes for each of them' },
  ...stopping,
} as const;
