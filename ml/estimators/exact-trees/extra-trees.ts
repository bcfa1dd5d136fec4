import type { Matrix } from '../../core/matrix.ts';
import type { ExactRules } from '../../trees/exact/rules.ts';
import type { Estimator } from '../estimator.ts';
import { classForest, fitClassForest } from './class-forest.ts';
import { checkBootstrap, type ForestState } from './forest.ts';
import { classForestParams, numberForestParams } from './forest-params.ts';
import { fitNumberForest, numberForest } from './number-forest.ts';
import { exactRules, ranksFor, type TreeValues } from './tree-params.ts';

/** What the regressor and the classifier share. */
const family = {
  title: 'Extremely randomized trees',
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  checkParams: checkBootstrap('extra_trees'),
} as const;

// No threshold is searched, and trees differ though all of them learn from all rows.
const { splitter: _ofNumbers, ...ofNumbers } = numberForestParams;
const { splitter: _ofClasses, ...ofClasses } = classForestParams;
const bootstrap = { ...numberForestParams.bootstrap, default: false } as const;
const numberParams = { ...ofNumbers, bootstrap } as const;
const classParams = { ...ofClasses, bootstrap } as const;

/**
 * The mean of trees that split each column at random, anywhere between the values that a node has, and take the column whose split is
 * best.
 *
 * Source: Geurts, Ernst and Wehenkel 2006; scikit-learn 1.9, `ExtraTreesRegressor`.
 */
export const extraTrees: Estimator<typeof numberParams, ForestState> = {
  ...family,
  ...numberForest,
  params: numberParams,
  fit: ({ params, ...training }) => fitNumberForest(training, params, drawn(params.criterion, params, training.x)),
};

/**
 * The same of classes.
 *
 * Source: Geurts, Ernst and Wehenkel 2006; scikit-learn 1.9, `ExtraTreesClassifier`.
 */
export const extraTreesClassifier: Estimator<typeof classParams, ForestState> = {
  ...family,
  ...classForest,
  params: classParams,
  fit: ({ params, ...training }) => fitClassForest(training, params, drawn(params.criterion, params, training.x)),
};

/** Splits are drawn among all values, however many: nothing is searched that bins would make quicker. */
const drawn = (criterion: Parameters<typeof exactRules>[0], values: TreeValues, x: Matrix) => ({
  ranks: ranksFor(x, 'exact'),
  rules: { ...exactRules(criterion, values, x), splits: 'random' } satisfies ExactRules,
});
