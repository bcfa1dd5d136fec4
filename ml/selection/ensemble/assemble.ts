import type { Fold } from '../../data/folds.ts';
import { isUnstable } from '../../estimators/index.ts';
import { type FittedModel, type Model, sharePreprocessors } from '../../estimators/model.ts';
import type { Candidate } from '../candidate.ts';
import type { Choice } from './choose-model.ts';
import { repeatsIn } from './repeats-in.ts';

/**
 * Whether a candidate of the chosen model is the average of its fits in the folds; else it is fitted again, on all rows.
 *
 * Averaged are trees and boosting, whose fits differ much with the rows that they are given, and that is evened out. It brings
 * nothing to linear models, neighbours and forests, which are averages already. Where some rows are learned from in no fold, as
 * the latest of rows in time, fits of the folds would not know them.
 *
 * Source: Breiman 1996, Bagging predictors, Machine Learning 24.
 *
 * @param rows how many training rows there are
 */
export function isBagged({ model }: Pick<Candidate, 'model'>, folds: readonly Fold[], rows: number): boolean {
  if (!isUnstable(model)) return false;
  const isLearned = new Uint8Array(rows);
  for (const { learned } of folds) for (const row of learned) isLearned[row] = 1;
  return isLearned.every((learned) => learned === 1);
}

/** A part takes some 20 to 50 µs at every prediction. */
const MOST_PARTS = 40;

/**
 * The folds whose fits are averaged, by their places: those of as many repeats as keep a model of so many members fast, and of one
 * at least.
 */
export function averagedFolds(folds: readonly Fold[], members: number): number[] {
  const repeats = repeatsIn(folds);
  const each = members * (repeats[0]?.length ?? 1);
  return repeats.slice(0, Math.max(1, Math.floor(MOST_PARTS / each))).flat();
}

/**
 * The chosen model.
 *
 * @param partsOf the fits of a candidate, by its place: those of the folds, or that on all rows
 */
export function assembleModel(
  { intercept, members, calibration }: Pick<Choice, 'intercept' | 'members'> & Pick<Model, 'calibration'>,
  partsOf: (candidate: number) => readonly FittedModel[],
): Model {
  return sharePreprocessors({
    intercept,
    ...(calibration && { calibration }),
    members: members.map(({ candidate, weight }) => ({ weight, parts: partsOf(candidate) })),
  });
}
