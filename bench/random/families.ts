// What each family promises of random problems: the table of docs/guide/models.md, as data.

import { estimatorNamed, estimatorNames } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import type { Params, Problem } from './problem.ts';

export interface Family {
  /** How far a prediction may be from the reference's, as a share of the targets' spread. */
  readonly tolerance: number;
  /** What the reference's own arithmetic may lose, as a share of the largest target: it adds float64s, or float32s. */
  readonly rounding: number;
  /** The parameters with which nothing is drawn, so that every prediction counts; null where rows always are. */
  readonly exact: Params | null;
  /** How many seeds the reference is asked with: it breaks ties by them. */
  readonly tieSeeds: number;
  /** Whether rows have weights now and then, as the reference takes them. */
  readonly weighted?: true;
  /** What the reference refuses and ours answers on purpose, by what it says. */
  readonly onlyOursAnswers?: readonly RegExp[];
}

const float64 = { tolerance: 1e-6, rounding: 1e-11, tieSeeds: 1 };
const float32 = { tolerance: 1e-4, rounding: 1e-6, tieSeeds: 1 };
const drawn = { subsample: 1, colsample_bytree: 1, colsample_bylevel: 1, colsample_bynode: 1 };

const families: Readonly<Record<string, Family>> = {
  linear: { ...float64, exact: {}, weighted: true },
  ridge: { ...float64, exact: {}, weighted: true },
  lasso: { ...float64, exact: { selection: 'cyclic' }, weighted: true },
  elastic_net: { ...float64, exact: { selection: 'cyclic' }, weighted: true },
  knn: { ...float64, exact: {} },
  decision_tree: { ...float64, exact: { max_features: null }, tieSeeds: 6, weighted: true },
  random_forest: { ...float64, exact: { bootstrap: false, max_features: 1 }, tieSeeds: 6, weighted: true },
  gradient_boosting: {
    ...float64,
    exact: { max_features: null, subsample: 1, n_iter_no_change: null },
    tieSeeds: 6,
    weighted: true,
    // Where no row would be left to learn from, ours holds none out.
    onlyOursAnswers: [/the resulting train set will be empty/],
  },
  adaboost: { ...float64, exact: null, weighted: true },
  xgboost: { ...float32, exact: { ...drawn, early_stopping_rounds: null }, weighted: true },
  catboost: {
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
    ],
  },
};

/** The estimators that have a reference, in the registry's order. */
export const familyNames: readonly string[] = estimatorNames.filter((name) => Object.hasOwn(families, name));

export function familyOf(model: string): Family {
  const family = families[model];
  if (family === undefined) throw new Error(`${model} has no reference`);
  return family;
}

/** Whether nothing of a problem is left to chance, but for ties. */
export function isExact({ model, params }: Pick<Problem, 'model' | 'params'>): boolean {
  const { exact } = familyOf(model);
  if (exact === null) return false;
  const values: Params = resolveParams(model, estimatorNamed(model, 'regression').params, params);
  return Object.entries(exact).every(([name, value]) => values[name] === value);
}
