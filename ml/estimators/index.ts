import { ParamError } from '../core/errors.ts';
import { mean } from './baseline/mean.ts';
import { catboost } from './catboost/catboost.ts';
import { mlRandomForest } from './comparison/ml-random-forest.ts';
import { mlRegression } from './comparison/ml-regression.ts';
import type { Regressor } from './estimator.ts';
import { adaboost } from './exact-trees/adaboost.ts';
import { decisionTree } from './exact-trees/decision-tree.ts';
import { gradientBoosting } from './exact-trees/gradient-boosting.ts';
import { randomForest } from './exact-trees/random-forest.ts';
import { checked } from './input-validation.ts';
import { elasticNet } from './linear/elastic-net.ts';
import { lasso } from './linear/lasso.ts';
import { linear } from './linear/linear.ts';
import { ridge } from './linear/ridge.ts';
import { knn } from './neighbours/knn.ts';
import { type GivenParams, type ParamValues, resolveParams } from './params.ts';
import { xgboost } from './xgboost/xgboost.ts';

/** Every regressor by the name that command lines and releases use. A new one is a file and a line. */
const registry = {
  linear,
  ridge,
  lasso,
  elastic_net: elasticNet,
  knn,
  decision_tree: decisionTree,
  random_forest: randomForest,
  gradient_boosting: gradientBoosting,
  xgboost,
  catboost,
  adaboost,
  ml_random_forest: mlRandomForest,
  ml_regression: mlRegression,
  mean,
};

/** Those that are tried only when asked for by name, and why. */
const onlyByName: readonly string[] = [
  // 100 trees of 800 rows take it more than 20 s, and scikit-learn's forest 0.3 s.
  'ml_random_forest',
  // It gives what `linear` gives, and copies every row several times on the way.
  'ml_regression',
];

/** The one that every other must beat. */
export const BASELINE = 'mean';

/** Every regressor's name, in the order in which they are tried. */
export const regressorNames: readonly string[] = Object.keys(registry);

/** Those that are tried when nobody says which. */
export const lineUp: readonly string[] = regressorNames.filter((name) => !onlyByName.includes(name));

const regressors = new Map<string, Regressor>(
  // Each knows the type of its own parameters and state; who goes by name knows neither.
  Object.entries(registry).map(([name, regressor]) => [name, checked(regressor as unknown as Regressor)]),
);

/**
 * The regressor with this name.
 *
 * @throws ParamError if there is none.
 */
export function regressorNamed(name: string): Regressor {
  const regressor = regressors.get(name);
  if (regressor) return regressor;
  throw new ParamError(`there is no regressor ${JSON.stringify(name)}; there are: ${regressorNames.join(', ')}`);
}

/**
 * A regressor's parameters: those that are given, and its defaults.
 *
 * @throws ParamError if one is unknown or out of range, or they do not go together.
 */
export function paramsOf(model: string, given?: Readonly<Record<string, unknown>>): ParamValues {
  const { params, checkParams } = regressorNamed(model);
  const values = resolveParams(model, params, given);
  checkParams?.(values);
  return values;
}

/**
 * Checks parameters given by regressor and name.
 *
 * @throws ParamError if a regressor or a parameter is unknown, a value out of range, or some do not go together.
 */
export function checkGivenParams(given: GivenParams): void {
  for (const [model, values] of Object.entries(given)) {
    regressorNamed(model);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new ParamError(`the parameters of ${model} must be an object of names and values`);
    paramsOf(model, values);
  }
}
