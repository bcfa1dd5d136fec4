import type { ParamValues } from '../params.ts';

export const params = {
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
    search: { low: 0.01, high: 0.2, scale: 'log', grid: [0.03, 0.1] },
  },
  depth: {
    type: 'integer',
    default: 6,
    min: 1,
    max: 16,
    description: 'how many splits a tree has, one a level',
    search: { low: 3, high: 9, scale: 'linear', grid: [4, 6, 8] },
  },
  l2_leaf_reg: {
    type: 'number',
    default: 3,
    min: 0,
    max: 1e6,
    description: 'how many rows of gradient 0 each leaf is valued with',
    search: { low: 1, high: 30, scale: 'log' },
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
    search: { low: 0.1, high: 10, scale: 'log' },
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
    search: { low: 0.5, high: 1, scale: 'linear' },
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
    search: { low: 2, high: 32, scale: 'log' },
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

export type CatBoostParams = ParamValues<typeof params>;

/** The same parameters where classes are learned, and those that only classes have. */
export const classifierParams = {
  ...params,
  bootstrap_type: {
    ...params.bootstrap_type,
    default: null,
    nullable: true,
    description:
      'how rows are sampled for each tree: by gradient, by random weights, each alike, or all of them; null: MVS of two classes, Bayesian of more',
  },
  leaf_estimation_iterations: {
    ...params.leaf_estimation_iterations,
    default: null,
    nullable: true,
    description:
      'how many steps there are to the value of a leaf; null: 10 of two classes, but 1 below 200 iterations and 20 columns, and 1 of more classes',
  },
  auto_class_weights: {
    type: 'choice',
    default: 'None',
    choices: ['None', 'Balanced', 'SqrtBalanced'],
    description:
      'by what rows are weighted beside their own weights: the weight of the largest class ÷ that of theirs, or its square root; probabilities are then those of such rows',
  },
  scale_pos_weight: {
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1e6,
    description: 'by what rows of class 1, the second level, are weighted; probabilities are then those of such rows',
  },
} as const;

export type ClassifierParams = ParamValues<typeof classifierParams>;
