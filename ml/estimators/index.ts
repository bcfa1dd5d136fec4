import { ParamError } from '../core/errors.ts';
import { groupBy } from '../core/group-by.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { TaskKind } from '../data/task-kind.ts';
import { classShares } from './baseline/class-shares.ts';
import { mean } from './baseline/mean.ts';
import { catboost } from './catboost/catboost.ts';
import { catboostClassifier } from './catboost/classifier.ts';
import { mlRandomForest } from './comparison/ml-random-forest.ts';
import { mlRegression } from './comparison/ml-regression.ts';
import type { Estimator, Staged } from './estimator.ts';
import { adaboost } from './exact-trees/adaboost.ts';
import { adaboostClassifier } from './exact-trees/adaboost-classifier.ts';
import { decisionTree, decisionTreeClassifier } from './exact-trees/decision-tree.ts';
import { extraTrees, extraTreesClassifier } from './exact-trees/extra-trees.ts';
import { gradientBoosting, gradientBoostingClassifier } from './exact-trees/gradient-boosting.ts';
import { randomForest, randomForestClassifier } from './exact-trees/random-forest.ts';
import { importedEstimators } from './import/imported-estimators.ts';
import { kernelLogistic } from './kernel-methods/kernel-logistic.ts';
import { kernelRidge } from './kernel-methods/kernel-ridge.ts';
import { elasticNet } from './linear/elastic-net.ts';
import { lasso } from './linear/lasso.ts';
import { linear } from './linear/linear.ts';
import { ridge } from './linear/ridge.ts';
import { logisticRegression } from './logistic/logistic.ts';
import { knn } from './neighbours/knn.ts';
import { knnClassifier } from './neighbours/knn-classifier.ts';
import { type GivenParams, type ParamSpecs, type ParamValues, resolveParams } from './params.ts';
import { withAbsentClasses } from './with-absent-classes.ts';
import { withInputValidation } from './with-input-validation.ts';
import { xgboost } from './xgboost/xgboost.ts';
import { xgboostClassifier } from './xgboost/xgboost-classifier.ts';

/**
 * Every estimator by the name that command lines and releases use: a new one is a file and a line. A name that stands for a regressor
 * and a classifier of the same family is there twice.
 */
const registry: readonly (readonly [string, Estimator])[] = [
  entry('linear', linear),
  entry('ridge', ridge),
  entry('lasso', lasso),
  entry('elastic_net', elasticNet),
  entry('logistic', logisticRegression),
  entry('knn', knn),
  entry('knn', knnClassifier),
  entry('kernel_ridge', kernelRidge),
  entry('kernel_logistic', kernelLogistic),
  entry('decision_tree', decisionTree),
  entry('decision_tree', decisionTreeClassifier),
  entry('random_forest', randomForest),
  entry('random_forest', randomForestClassifier),
  entry('extra_trees', extraTrees),
  entry('extra_trees', extraTreesClassifier),
  entry('gradient_boosting', gradientBoosting),
  entry('gradient_boosting', gradientBoostingClassifier),
  entry('xgboost', xgboost),
  entry('xgboost', xgboostClassifier),
  entry('catboost', catboost),
  entry('catboost', catboostClassifier),
  entry('adaboost', adaboost),
  entry('adaboost', adaboostClassifier),
  entry('ml_random_forest', mlRandomForest),
  entry('ml_regression', mlRegression),
  entry('mean', mean),
  entry('class_shares', classShares),
];

/** Each knows the type of its own parameters and state; who goes by name knows neither. */
function entry<P extends ParamSpecs, S extends PlainData>(
  name: string,
  estimator: Estimator<P, S>,
): [string, Estimator] {
  if (estimator.tasks.includes('regression')) return [name, withInputValidation(name, estimator)];
  return [name, withInputValidation(name, withAbsentClasses(estimator))];
}

/** Those that other programs have trained: releases hold them, and nothing is trained with them. */
const imported = importedEstimators.map(([name, estimator]) => [name, withInputValidation(name, estimator)] as const);

const named = groupBy([...registry, ...imported], ([name]) => name);

/** Those that are tried only when asked for by name, and why. */
const onlyByName: readonly string[] = [
  // 100 trees of 800 rows take it more than 20 s, and scikit-learn's forest 0.3 s.
  'ml_random_forest',
  // It gives what `linear` gives, and copies every row several times on the way.
  'ml_regression',
];

/** Every estimator's name, in the order in which they are tried. */
export const estimatorNames: readonly string[] = [...new Set(registry.map(([name]) => name))];

/** The names of those that learn a task. */
export const estimatorNamesOf = (task: TaskKind): readonly string[] =>
  registry.filter(([, { tasks }]) => tasks.includes(task)).map(([name]) => name);

/** Whether there is an estimator with this name that predicts a task, trained here or imported. */
export const isEstimator = (name: string, task: TaskKind): boolean =>
  (named.get(name) ?? []).some(([, { tasks }]) => tasks.includes(task));

/** The kinds of estimators, from the simplest on: what is written down, looked up, drawn, a sum over many rows, and one of many trees. */
const kinds: readonly (readonly string[])[] = [
  ['mean', 'class_shares'],
  ['linear', 'ridge', 'lasso', 'elastic_net', 'logistic', 'ml_regression'],
  ['knn'],
  ['decision_tree'],
  ['kernel_ridge', 'kernel_logistic'],
  ['random_forest', 'extra_trees', 'ml_random_forest', 'gradient_boosting', 'xgboost', 'catboost', 'adaboost'],
];

/** The place of an estimator's kind among all, from the simplest on; those of one kind are equally simple. */
export const complexityOf = (name: string): number => kinds.findIndex((kind) => kind.includes(name));

/** Those whose fits differ much where the rows do a little. */
const unstable: readonly string[] = ['decision_tree', 'gradient_boosting', 'xgboost', 'catboost', 'adaboost'];

/** Whether fits of an estimator differ so much with their rows that an average of several is better than one. */
export const isUnstable = (name: string): boolean => unstable.includes(name);

/** Whether by these parameters a mean of fits of the same rows, each of a seed of its own, is better than one of them. */
export const isRandom = (name: string, task: TaskKind, params: ParamValues): boolean =>
  estimatorNamed(name, task).isRandom?.(params) ?? false;

/**
 * The parameters of the beginning of a fit that grows in rounds, of so many.
 *
 * @param classes how many there are; undefined where targets are numbers
 * @returns null where none have it
 */
export function shortened(
  { name, task, classes }: { readonly name: string; readonly task: TaskKind; readonly classes: number | undefined },
  params: ParamValues,
  rounds: number,
): ParamValues | null {
  const { staged } = estimatorNamed(name, task);
  return staged?.shortened ? staged.shortened(params, rounds, classes) : params;
}

/** Those that are tried when nobody says which. */
export const defaultCandidates = (task: TaskKind): readonly string[] =>
  estimatorNamesOf(task).filter((name) => !onlyByName.includes(name));

/**
 * The estimator with this name that learns a task.
 *
 * @throws ParamError if there is none.
 */
export function estimatorNamed(name: string, task: TaskKind): Estimator {
  const estimator = allNamed(name).find(({ tasks }) => tasks.includes(task));
  if (estimator) return estimator;
  const what = task === 'regression' ? 'numbers' : 'classes';
  throw new ParamError(
    `the model ${name} does not learn ${what}, as the target asks for; those that do are: ${estimatorNamesOf(task).join(', ')}`,
  );
}

/** Whether an estimator learns from rows whose numbers do not lie in memory all together. */
export const learnsInBlocks = (name: string, task: TaskKind): boolean => estimatorNamed(name, task).inBlocks ?? false;

/** How many rows of so many columns an estimator has room for, in so many outputs. */
export const mostRowsOf = (name: string, task: TaskKind, columns: number, outputs: number): number =>
  estimatorNamed(name, task).mostRows?.(columns, outputs) ?? Infinity;

/** The estimators with this name, of whatever task. @throws ParamError if there is none. */
function allNamed(name: string): [Estimator, ...Estimator[]] {
  const [first, ...others] = (named.get(name) ?? []).map(([, estimator]) => estimator);
  if (first) return [first, ...others];
  throw new ParamError(`there is no model ${JSON.stringify(name)}; there are: ${estimatorNames.join(', ')}`);
}

/** How an ensemble grows round by round, whatever it learns; undefined where it does not. @throws ParamError if there is none. */
export function growthOf(
  name: string,
): Pick<Staged<ParamSpecs, PlainData>, 'rounds' | 'patience' | 'sharesFit'> | undefined {
  const all = allNamed(name);
  const { staged } = all[0];
  if (!staged) return undefined;
  // Parameters are those of one of them.
  const ownerOf = (params: ParamValues) =>
    all.find((estimator) => Object.keys(params).every((param) => Object.hasOwn(estimator.params, param))) ?? all[0];
  return {
    rounds: staged.rounds,
    ...(staged.patience && { patience: staged.patience }),
    sharesFit: (params, other) => ownerOf(params).staged?.sharesFit?.(params, other) ?? true,
  };
}

/**
 * An estimator's parameters: those that are given, and its defaults.
 *
 * @throws ParamError if one is unknown or out of range, or they do not go together.
 */
export function paramsOf(model: string, task: TaskKind, given?: Readonly<Record<string, unknown>>): ParamValues {
  const { params, checkParams } = estimatorNamed(model, task);
  const values = resolveParams(model, params, given);
  checkParams?.(values, false);
  return values;
}

/**
 * Checks parameters given by estimator and name.
 *
 * @throws ParamError if an estimator or a parameter is unknown, a value out of range, or some do not go together.
 */
export function checkGivenParams(given: GivenParams, task: TaskKind): void {
  for (const [model, values] of Object.entries(given)) {
    estimatorNamed(model, task);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new ParamError(`the parameters of ${model} must be an object of names and values`);
    paramsOf(model, task, values);
  }
}
