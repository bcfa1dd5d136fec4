// Beside the fits of the folds a member may be averaged over fits on all rows, each of which draws random numbers of its own. By costs
// and no clock, so that the same training is repeated.

import type { Declaration } from '../data/declaration.ts';
import { classCountOf, taskKindOf } from '../data/task-kind.ts';
import { isRandom, shortened } from '../estimators/index.ts';
import type { Candidate } from './candidate.ts';
import { isBagged } from './ensemble/assemble.ts';
import { repeatsIn } from './ensemble/repeats-in.ts';
import type { Evaluation } from './evaluation.ts';
import type { FitContext } from './fit-job.ts';
import { scoreOf } from './metric.ts';
import { costOf, sizeOfRows } from './search/auto/cost.ts';
import { gainByThreads } from './search/for-all.ts';
import { roundsOf } from './shared-fit.ts';
import { regression } from './tasks/regression.ts';

/** The share of a budget that they may take. */
const SHARE = 0.12;
/** Where less is explained, a mean over different rows is worth more than a few more rows: the least R² out of fold. */
const LEAST_EXPLAINED = 0.5;

/** What a budget leaves for them, in seconds of one core. */
export const refitSecondsWithin = (budgetSeconds: number, threads: number): number =>
  SHARE * budgetSeconds * gainByThreads(threads);

/**
 * The candidate as it learns from all rows: with as many rounds as its folds came to on average, each as in the folds.
 *
 * @returns null where no fit of so many rounds is the beginning of one of the folds
 */
export function onAllRows({ entry, asFitted, patience }: Evaluation, declaration: Declaration): Candidate | null {
  const { model, params, features } = entry;
  const rounds = roundsOf({ model, params });
  if (patience === undefined || rounds === undefined) return { model, params, features };
  const of = { name: model, task: taskKindOf(declaration), classes: classCountOf(declaration) || undefined };
  const own = shortened(of, asFitted.params, rounds);
  return own && { model, params: own, features };
}

/**
 * Of how many fits on all rows each member has the average too, beside those of the folds: as many as a repeat has folds, or none. The
 * first members have them as long as there is time.
 *
 * @param seconds for all of them, of one core
 */
export function refitsOf(members: readonly Evaluation[], context: FitContext, seconds: number): number[] {
  const { declaration, train, folds, all } = context;
  const draws = repeatsIn(folds)[0]?.length ?? 0;
  const size = sizeOfRows(declaration, train.rows, 0);
  let left = seconds;
  return members.map((member) => {
    if (all || taskKindOf(declaration) !== 'regression' || !explains(member)) return 0;
    const candidate = onAllRows(member, declaration);
    if (!candidate || !isBagged(candidate, folds, train.rows)) return 0;
    if (!isRandom(candidate.model, 'regression', candidate.params)) return 0;
    left -= draws * costOf(candidate, size, roundsOf(candidate));
    return left < 0 ? 0 : draws;
  });
}

const explains = ({ entry }: Evaluation) =>
  entry.status === 'scored' && scoreOf(entry.cv, regression.objective) >= LEAST_EXPLAINED;
