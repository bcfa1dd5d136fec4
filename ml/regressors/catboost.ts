import { type Boosted, boost } from '../trees/oblivious/boost.ts';
import type { Bootstrap } from '../trees/oblivious/bootstrap.ts';
import { FeatureReader } from '../trees/oblivious/features.ts';
import { automaticLearningRate } from '../trees/oblivious/learning-rate.ts';
import { sumTrees } from '../trees/oblivious/oblivious-trees.ts';
import { RandomStream } from '../trees/oblivious/random-stream.ts';
import type { ParamValues } from './params.ts';
import type { Regressor } from './regressor.ts';

const params = {
  iterations: { type: 'integer', default: 1000, min: 1, max: 100_000, description: 'how many trees' },
  depth: { type: 'integer', default: 6, min: 1, max: 16, description: 'how many splits a tree has, one a level' },
  learning_rate: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1,
    description: 'by what each tree is multiplied; null: by a formula of rows and iterations',
  },
  l2_leaf_reg: { type: 'number', default: 3, min: 0, max: 1e6, description: 'added to the rows of a leaf' },
  random_strength: { type: 'number', default: 1, min: 0, max: 1e6, description: 'the amount of noise on scores' },
  boosting_type: {
    type: 'choice',
    default: 'Plain',
    choices: ['Plain', 'Ordered'],
    description: 'Ordered',
  },
  bootstrap_type: {
    type: 'choice',
    default: 'MVS',
    choices: ['MVS', 'Bayesian', 'Bernoulli', 'No'],
    description: 'how rows are weighted when a tree is grown',
  },
  bagging_temperature: { type: 'number', default: 1, min: 0, max: 1e3, description: 'of Bayesian weights' },
  subsample: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1,
    description: 'the part of rows',
  },
  score_function: { type: 'choice', default: 'Cosine', choices: ['Cosine', 'L2'], description: 'of a split' },
  rsm: { type: 'number', default: 1, min: 1e-6, max: 1, description: 'the part of columns that each level looks at' },
  border_count: { type: 'integer', default: 254, min: 1, max: 255, description: 'the most borders of a column' },
  one_hot_max_size: { type: 'integer', default: 2, min: 0, max: 255, description: 'levels' },
  max_ctr_complexity: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 8,
    description: 'how many categories are combined; null: 4 from 200 iterations on, else 1',
  },
  model_size_reg: { type: 'number', default: 0.5, min: 0, max: 1e3, description: 'penalty' },
  leaf_estimation_iterations: { type: 'integer', default: 1, min: 1, max: 100, description: 'steps' },
  has_time: { type: 'boolean', default: false, description: 'order' },
} as const;

type State = Boosted & { readonly [key: string]: never };

export const catboost: Regressor<typeof params, State> = {
  title: 'CatBoost',
  params,
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  fit(x, y, values, seed) {
    return boost(
      x,
      y,
      {
        iterations: values.iterations,
        learningRate: learningRate(values, x.rows),
        depth: values.depth,
        l2: Math.fround(values.l2_leaf_reg),
        leafIterations: values.leaf_estimation_iterations,
        randomStrength: values.random_strength,
        ordered: values.boosting_type === 'Ordered',
        bootstrap: bootstrapOf(values, x.rows),
        cosine: values.score_function === 'Cosine',
        rsm: values.rsm,
        borderCount: values.border_count,
        oneHotMaxSize: values.one_hot_max_size,
        maxComplexity: values.max_ctr_complexity ?? (values.iterations < 200 ? 1 : 4),
        modelSizeReg: values.model_size_reg,
        hasTime: values.has_time,
      },
      new RandomStream(seed),
    ) as State;
  },
  predict({ bias, features, trees }, x) {
    const reader = new FeatureReader(features);
    const predictions = new Float64Array(x.rows);
    for (let i = 0; i < x.rows; i++) {
      reader.read(x, i);
      predictions[i] = bias + sumTrees(trees, reader.row);
    }
    return predictions;
  },
};

function learningRate(values: ParamValues<typeof params>, rows: number): number {
  if (values.learning_rate !== null) return Math.fround(values.learning_rate);
  if (values.l2_leaf_reg !== 3 || values.leaf_estimation_iterations !== 1) return Math.fround(0.03);
  return automaticLearningRate(rows, values.iterations, false);
}

function bootstrapOf(values: ParamValues<typeof params>, rows: number): Bootstrap {
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
