// What each family promises of random problems: the table of docs/guide/models.md, as data.

import { estimatorNamed, estimatorNames, estimatorNamesOf } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import { type Params, type Problem, taskOf } from './problem.ts';

export interface Family {
  /** How far a prediction may be from the reference's: a probability, or as a share of the targets' spread. */
  readonly tolerance: number;
  /** What the reference's own arithmetic may lose, as a share of the largest target: it adds float64s, or float32s. */
  readonly rounding: number;
  /** The parameters with which nothing is drawn, so that every prediction counts; null where rows always are. */
  readonly exact: Params | null;
  /** How many seeds the reference is asked with: it breaks ties by them. */
  readonly tieSeeds: number;
  /** Whether rounding is moved with each seed, on both sides: no seed draws between splits that are equal but for it. */
  readonly roundingBySeed?: true;
  /** Whether rows have weights now and then, as the reference takes them. */
  readonly weighted?: true;
  /** What the reference refuses and ours answers on purpose, by what it says. */
  readonly onlyOursAnswers?: readonly RegExp[];
}

const float64 = { tolerance: 1e-6, rounding: 1e-11, tieSeeds: 1 };
const float32 = { tolerance: 1e-4, rounding: 1e-6, tieSeeds: 1 };
const drawn = { subsample: 1, colsample_bytree: 1, colsample_bylevel: 1, colsample_bynode: 1 };

const gradientBoosting: Family = {
  ...float64,
  exact: { max_features: null, subsample: 1, n_iter_no_change: null },
  tieSeeds: 6,
  weighted: true,
  // Where no row would be left to learn from, or a class has a single one, ours holds none out.
  onlyOursAnswers: [/the resulting train set will be empty/, /The least populated classes in y have only 1 member/],
};

// Rows are drawn to compare with, where they are not all. The reference's features are made of the roots of what is nearly 0.
const kernelMethod: Family = { ...float64, rounding: 1e-5, exact: { n_components: 4000 }, weighted: true };

const tree: Family = { ...float64, exact: { max_features: null }, tieSeeds: 6, weighted: true };
const forest: Family = { ...float64, exact: { bootstrap: false, max_features: 1 }, tieSeeds: 6, weighted: true };
// Where columns are split is always drawn.
const extraTrees: Family = { ...float64, exact: null, weighted: true };
const xgboost: Family = { ...float32, exact: { ...drawn, early_stopping_rounds: null }, weighted: true };
const catboost: Family = {
  ...float32,
  exact: { bootstrap_type: 'No', random_strength: 0, rsm: 1, has_time: true },
  weighted: true,
  // The mean to ours: every estimator here promises to learn a constant, and to pass over a constant column.
  // Few rows are a sample to ours, however small.
  onlyOursAnswers: [
    /All train targets are equal/,
    /All features are either constant or ignored/,
    /Too few sampling units/,
    /To employ param {'use_best_model': True} provide non-empty/,
    // Of few rows a class may be held out whole, or the only one that is left; ours holds none of it out.
    /Target contains only one unique value/,
    /contains class label .* that is not present in the learn dataset/,
  ],
};

/** Those that learn numbers, and those that learn classes, by the names of their estimators. */
const families: Readonly<Record<'numbers' | 'classes', Readonly<Record<string, Family>>>> = {
  numbers: {
    linear: { ...float64, exact: {}, weighted: true },
    ridge: { ...float64, exact: {}, weighted: true },
    lasso: { ...float64, exact: { selection: 'cyclic' }, weighted: true },
    elastic_net: { ...float64, exact: { selection: 'cyclic' }, weighted: true },
    knn: { ...float64, exact: {} },
    kernel_ridge: kernelMethod,
    decision_tree: tree,
    random_forest: forest,
    extra_trees: extraTrees,
    gradient_boosting: gradientBoosting,
    adaboost: { ...float64, exact: null, weighted: true },
    xgboost,
    catboost,
  },
  classes: {
    // The reference is asked for its optimum, so that what it converges to is what is compared.
    logistic: { ...float64, exact: {}, weighted: true, onlyOursAnswers: [/no solver goes to its optimum/] },
    knn: { ...float64, exact: {} },
    kernel_logistic: kernelMethod,
    decision_tree: tree,
    random_forest: forest,
    extra_trees: extraTrees,
    gradient_boosting: gradientBoosting,
    // Nothing is drawn but which of equal splits each stump takes, which decides the weights of all that follow; weights of
    // rows become such that splits are equal but for rounding.
    // A single tree that is no better than chance answers that all classes are alike.
    adaboost: {
      ...float64,
      exact: null,
      roundingBySeed: true,
      weighted: true,
      onlyOursAnswers: [/worse than random, ensemble can not be fit/],
    },
    xgboost,
    catboost,
  },
};

/** What a family of classifiers is called where another one learns numbers. */
const OF_CLASSES = '_classes';

/** The families that have a reference, in the registry's order: those that learn numbers by the names of their estimators. */
export const familyNames: readonly string[] = [
  ...estimatorNames.filter((name) => Object.hasOwn(families.numbers, name)),
  ...estimatorNames.filter(isClassifier).map((name) => name + OF_CLASSES),
];

/** Whether a model has a reference for classes, and learns them. */
function isClassifier(model: string): boolean {
  if (!Object.hasOwn(families.classes, model)) return false;
  return estimatorNamesOf('binary').includes(model);
}

/** The estimator of a family, and whether it learns classes. */
export function memberOf(family: string): { readonly model: string; readonly ofClasses: boolean } {
  const ofClasses = family.endsWith(OF_CLASSES);
  return { model: ofClasses ? family.slice(0, -OF_CLASSES.length) : family, ofClasses };
}

export function familyOf({ model, classes }: Pick<Problem, 'model' | 'classes'>): Family {
  const family = families[classes === undefined ? 'numbers' : 'classes'][model];
  if (family === undefined) throw new Error(`${model} has no reference`);
  return family;
}

/** Whether nothing of a problem is left to chance, but for ties. */
export function isExact(problem: Pick<Problem, 'model' | 'params' | 'classes'>): boolean {
  const { exact } = familyOf(problem);
  if (exact === null) return false;
  const { model, params } = problem;
  const values: Params = resolveParams(model, estimatorNamed(model, taskOf(problem)).params, params);
  return Object.entries(exact).every(([name, value]) => values[name] === value);
}
