import { estimatorNamed } from '../../estimators/index.ts';
import type { GivenParams } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';
import type { FoldOptions } from '../fit-job.ts';
import { ownFit, withRounds } from '../shared-fit.ts';
import type { Proposal } from './strategy.ts';

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
): Proposal {
  const { staged } = estimatorNamed(candidate.model);
  const fixed = given[candidate.model] ?? {};
  if (!staged?.patience || Object.hasOwn(fixed, staged.rounds) || Object.hasOwn(fixed, staged.patience))
    return { fit: ownFit(candidate), folds, how };
  return { fit: ownFit(withRounds(candidate, MOST_ROUNDS)), folds, how: { ...how, patience: PATIENCE } };
}
