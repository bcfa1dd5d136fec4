import type { Fixed, Space } from '../space.ts';

/** What is tried first of each model, the best first; a model that is not here begins with its defaults. */
type Portfolio = Readonly<Record<string, readonly Fixed[]>>;

/** What suits numbers and classes alike. */
const ofBoth: Portfolio = {
  xgboost: [
    { learning_rate: 0.06, max_depth: 6, min_child_weight: 2, subsample: 0.8, colsample_bytree: 0.8 },
    { learning_rate: 0.06, max_depth: 4, min_child_weight: 1, subsample: 0.7, colsample_bytree: 0.6, reg_lambda: 3 },
    { learning_rate: 0.05, max_depth: 9, min_child_weight: 10, subsample: 0.8, colsample_bytree: 0.6, reg_lambda: 5 },
    { learning_rate: 0.06, max_depth: 3, min_child_weight: 4, subsample: 0.9, colsample_bytree: 0.5 },
  ],
  catboost: [
    { learning_rate: 0.08, depth: 6, one_hot_max_size: 12 },
    { learning_rate: 0.06, depth: 4, l2_leaf_reg: 2 },
    { learning_rate: 0.08, depth: 8, l2_leaf_reg: 6, random_strength: 0.5, one_hot_max_size: 12 },
    { learning_rate: 0.05, depth: 7, l2_leaf_reg: 1.5, subsample: 0.65, max_ctr_complexity: 2 },
  ],
  gradient_boosting: [
    { learning_rate: 0.06, max_depth: 4, subsample: 0.8, max_features: 0.7, min_samples_leaf: 4 },
    { learning_rate: 0.06, max_depth: 2, subsample: 0.7, max_features: 0.7, min_samples_leaf: 8 },
    { learning_rate: 0.05, max_depth: 7, subsample: 0.7, max_features: 0.4, min_samples_leaf: 10 },
  ],
};

/**
 * Parameters that are known to do well on many tables. Numbers of rounds are left out: the rows that a fold holds say when to stop.
 */
const ofNumbers: Portfolio = {
  ...ofBoth,
  knn: [
    { n_neighbors: 10, weights: 'distance' },
    { n_neighbors: 5, weights: 'distance', p: 1 },
  ],
  ridge: [{ alpha: 1 }, { alpha: 10 }],
  kernel_ridge: [
    { kernel: 'rbf', length_scale: 1.5, alpha: 0.1 },
    { kernel: 'laplacian', length_scale: 2, alpha: 0.03 },
    { kernel: 'rbf', length_scale: 3, alpha: 0.01 },
  ],
  decision_tree: [{ max_depth: 8, min_samples_leaf: 10 }],
  random_forest: [
    { n_estimators: 150, max_features: 0.5, min_samples_leaf: 1 },
    { n_estimators: 150, max_features: 1, min_samples_leaf: 3 },
    { n_estimators: 150, max_features: 0.33, min_samples_leaf: 2 },
  ],
  extra_trees: [
    { n_estimators: 150, max_features: 0.7, min_samples_leaf: 1 },
    { n_estimators: 150, max_features: 1, min_samples_leaf: 3 },
    { n_estimators: 150, max_features: 0.4, min_samples_leaf: 2 },
  ],
  adaboost: [{ n_estimators: 100, max_depth: 8, learning_rate: 0.5, loss: 'exponential' }],
};

/** Leaves of few rows give probabilities of 0 and 1, which the log loss does not forgive. */
const ofClasses: Portfolio = {
  ...ofBoth,
  knn: [
    { n_neighbors: 50, weights: 'uniform' },
    { n_neighbors: 15, weights: 'distance' },
  ],
  kernel_logistic: [
    { kernel: 'rbf', length_scale: 1.5, C: 3 },
    { kernel: 'laplacian', length_scale: 2, C: 10 },
    { kernel: 'rbf', length_scale: 3, C: 30 },
  ],
  decision_tree: [{ max_depth: 4, min_samples_leaf: 60 }],
  random_forest: [
    { n_estimators: 150, max_features: 'sqrt', min_samples_leaf: 2 },
    { n_estimators: 150, max_features: 0.5, min_samples_leaf: 5 },
    { n_estimators: 150, max_features: 'sqrt', min_samples_leaf: 1 },
  ],
  extra_trees: [
    { n_estimators: 150, max_features: 'sqrt', min_samples_leaf: 2 },
    { n_estimators: 150, max_features: 0.7, min_samples_leaf: 4 },
    { n_estimators: 150, max_features: 0.5, min_samples_leaf: 1 },
  ],
};

/** Penalties that suit linear models on scaled columns, in standard deviations of the target. */
const PENALTIES = [0.003, 0.03];

/** What a model is tried with first. */
export function openingParams({
  task,
  model,
  targetScale,
}: Pick<Space, 'task' | 'model' | 'targetScale'>): readonly Fixed[] {
  if (task !== 'regression') return ofClasses[model] ?? [{}];
  if (model === 'lasso' || model === 'elastic_net')
    return PENALTIES.map((penalty) => ({ alpha: Number((penalty * targetScale).toPrecision(3)) }));
  return ofNumbers[model] ?? [{}];
}
