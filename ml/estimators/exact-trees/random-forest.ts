import type { Estimator } from '../estimator.ts';
import { classForest, fitClassForest } from './class-forest.ts';
import { checkBootstrap, type ForestState } from './forest.ts';
import { classForestParams, numberForestParams } from './forest-params.ts';
import { fitNumberForest, numberForest } from './number-forest.ts';
import { exactRules, ranksFor } from './tree-params.ts';

/** What the regressor and the classifier share. */
const family = {
  title: 'Random forest',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  checkParams: checkBootstrap('random_forest'),
} as const;

/**
 * The mean of trees, each grown on rows that it draws with replacement: by their weights, where they have any.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `RandomForestRegressor`.
 */
export const randomForest: Estimator<typeof numberForestParams, ForestState> = {
  ...family,
  ...numberForest,
  params: numberForestParams,
  fit: ({ params, ...training }) =>
    fitNumberForest(training, params, {
      ranks: ranksFor(training.x, params.splitter),
      rules: exactRules(params.criterion, params, training.x),
    }),
};

/**
 * The same of classes: the mean of the probabilities that trees predict.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `RandomForestClassifier`.
 */
export const randomForestClassifier: Estimator<typeof classForestParams, ForestState> = {
  ...family,
  ...classForest,
  params: classForestParams,
  fit: ({ params, ...training }) =>
    fitClassForest(training, params, {
      ranks: ranksFor(training.x, params.splitter),
      rules: exactRules(params.criterion, params, training.x),
    }),
};
