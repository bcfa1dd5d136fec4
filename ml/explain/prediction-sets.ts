// Among which classes the true one is in 90 % of cases, from how probable true classes were said to be out of fold.

import { lowerBound, upperBound } from '../core/binary-search.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Model } from '../estimators/model.ts';
import type { PartPredictions } from '../estimators/predict-rows.ts';
import { COVERAGE } from './intervals.ts';
import { type ResidualList, totalWeight, weightOfFirst } from './residual-lists.ts';
import { predictionsWithout } from './without-fold.ts';

/** What prediction sets are made from: plain data. */
export type PredictionSets = {
  /** Of each class the group that its rows are in, by its place. */
  readonly groupOf: readonly number[];
  readonly groups: readonly ClassGroup[];
};

/** Rows of a class, or of several that have too few rows each. */
export type ClassGroup = {
  /** How many rows there are; by weight, how many of equal weight would say as much. */
  readonly rows: number;
  /**
   * What the probabilities of the rows' own classes lacked to 1. A list for each set of rows that the same parts have not learned from,
   * of the same parts in each group, in the same order; some may be empty.
   */
  readonly lists: readonly ResidualList[];
  /** A class is in a set where more than this share of the rows was as far from certain of theirs. */
  readonly level: number;
};

/** The share of rows whose class may be missing in their set. */
export const MISSED = 1 - COVERAGE;

/**
 * The classes in each row's set: those of which the row is as probable as the rows that are of the class were of it out of fold, all but
 * the least probable tenth of these. So nine of ten rows of each class have their class in their set, however rare it is
 * (class-conditional, or Mondrian, sets). A row is compared with those of a fold by what the model says of it without that fold
 * (cross-conformal prediction, as CV+). A set may be without the predicted class, where rows of that class are
 * seldom as uncertain; and empty, where that holds for every class: a model that is right in more than nine of ten cases has to leave a true class
 * out now and then, and leaves out those that it is least sure of.
 *
 * Source: Vovk 2012, arXiv:1209.2673 (classes), and 2015, Cross-conformal predictors; Sadinle, Lei and Wasserman 2019,
 * arXiv:1609.00451 (the smallest sets); Romano, Sesia and Candès 2020, arXiv:2006.02544 (CV+ of classes).
 *
 * @param parts what the parts of the model predict of the rows
 * @returns of each row the indices of its classes, ascending
 */
export function setsOf(sets: PredictionSets, model: Model, parts: PartPredictions): number[][] {
  const conformities = conformitiesOf(sets, predictionsWithout(listsOf(sets), model, parts));
  const levels = sets.groupOf.map((group) => (sets.groups[group] as ClassGroup).level);
  return Array.from({ length: conformities.length / levels.length }, (_, row) =>
    levels.flatMap((level, k) => ((conformities[row * levels.length + k] as number) > level ? [k] : [])),
  );
}

/** The lists of a group, which are of the same parts as those of any other. */
export const listsOf = ({ groups }: Pick<PredictionSets, 'groups'>): readonly ResidualList[] =>
  (groups[0] as ClassGroup).lists;

/**
 * Of each row and class, the share of the class's rows that were as far from certain of their class out of fold as the row is, the row
 * being one of them: a p-value. Rows that are as far count half, since rows of few different probabilities would all be let in.
 *
 * @param without what the model predicts of the rows without the parts that have learned from each list's rows
 * @returns rows × classes, row-major; 1 where a prediction is not finite
 */
export function conformitiesOf(
  { groupOf, groups }: Pick<PredictionSets, 'groupOf' | 'groups'>,
  without: readonly Predictions[],
): Float64Array {
  const { rows, outputs } = without[0] as Predictions;
  const conformities = new Float64Array(rows * outputs).fill(1);
  groupOf.forEach((place, k) => {
    const { lists, rows: count } = groups[place] as ClassGroup;
    const total = totalWeight(lists);
    const own = total / count;
    for (let row = 0; row < rows; row++) {
      let further = own;
      for (const [l, list] of lists.entries())
        further += weightFurther(list, 1 - ((without[l] as Predictions).values[row * outputs + k] as number));
      if (!Number.isNaN(further)) conformities[row * outputs + k] = further / (total + own);
    }
  });
  return conformities;
}

/** What the residuals of a list weigh that are larger than one, and half of what those weigh that are equal; NaN of NaN. */
function weightFurther(list: ResidualList, residual: number): number {
  if (Number.isNaN(residual)) return residual;
  const { residuals } = list;
  const all = weightOfFirst(list, residuals.length);
  const before = weightOfFirst(list, lowerBound(residuals, residual));
  const upTo = weightOfFirst(list, upperBound(residuals, residual));
  return all - (before + upTo) / 2;
}
