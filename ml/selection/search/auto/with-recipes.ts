// A candidate with recipes beside the same one without: what recipes bring is the difference of the two.

import type { Recipe } from '../../../features/recipe.ts';
import { compareInFolds } from '../../compare-in-folds.ts';
import type { Evaluation, FoldResult } from '../../evaluation.ts';
import { ownFit } from '../../shared-fit.ts';
import type { Proposal } from '../strategy.ts';
import type { AutoSetting } from './setting.ts';

/** The proposal that an evaluation came from, in some folds: what its fits are compared with must be as they were. */
export function proposalOf({ asFitted, patience }: Evaluation, folds: readonly number[], keep: boolean): Proposal {
  return { fit: ownFit(asFitted), folds, how: { ...(patience !== undefined && { patience }), keep } };
}

/** The same proposal with recipes. */
export function withRecipes({ fit, folds, how }: Proposal, features: readonly Recipe[]): Proposal {
  return { fit: ownFit({ ...fit.fitted, features }), folds, how, isFixed: true };
}

/** By how much recipes beat plain columns, where that is more than a standard error. */
export function clearGain(
  results: readonly FoldResult[] | undefined,
  plain: readonly FoldResult[] | undefined,
  { objective, context }: AutoSetting,
): number | undefined {
  const difference = results && plain && compareInFolds(results, plain, objective, context);
  return difference && difference.gain > difference.standardError ? difference.gain : undefined;
}
