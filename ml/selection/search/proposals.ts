import { growthOf } from '../../estimators/index.ts';
import type { GivenParams } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';
import type { FoldOptions } from '../fit-job.ts';
import { ownFit, withRounds } from '../shared-fit.ts';
import type { Proposal } from './strategy.ts';

/** A look takes steps so many times as large, and as many fewer: it tells candidates apart, and need not be their best. */
const LOOK_STEP = 4;
const LARGEST_STEP = 0.3;

/** At most so many rounds where the rows that a fold holds say when to stop. */
const MOST_ROUNDS = 3000;
/** After so many rounds without gain growing stops; quick learners are given fewer, below. */
const PATIENCE = 60;

/**
 * Proposes a candidate whose growing stops early, where it can and nobody has fixed its number of rounds.
 *
 * @param given parameters that are fixed, by model
 */
export function propose(
  candidate: Candidate,
  folds: readonly number[],
  given: GivenParams,
  how: Omit<FoldOptions, 'rounds' | 'patience'> = {},
  patience = PATIENCE,
): Proposal {
  const growth = growthOf(candidate.model);
  const fixed = given[candidate.model] ?? {};
  if (!growth?.patience || Object.hasOwn(fixed, growth.rounds) || Object.hasOwn(fixed, growth.patience))
    return { fit: ownFit(candidate), folds, how };
  return { fit: ownFit(withRounds(candidate, MOST_ROUNDS)), folds, how: { ...how, patience } };
}

/** Proposes a quick look at a candidate: on few rows, and in large steps where it grows in steps. */
export function proposeLook(
  candidate: Candidate,
  folds: readonly number[],
  given: GivenParams,
  rows: number,
): Proposal {
  const { learning_rate: rate } = candidate.params;
  const isFixed = Object.hasOwn(given[candidate.model] ?? {}, 'learning_rate');
  const growth = growthOf(candidate.model);
  if (!growth?.patience || typeof rate !== 'number' || isFixed) return propose(candidate, folds, given, { rows });
  const learning_rate = Math.max(rate, Math.min(LARGEST_STEP, LOOK_STEP * rate));
  const quick = { ...candidate, params: { ...candidate.params, learning_rate } };
  return propose(quick, folds, given, { rows }, Math.ceil(PATIENCE / LOOK_STEP));
}
