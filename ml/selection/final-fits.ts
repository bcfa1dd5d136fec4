import type { FittedModel } from '../estimators/model.ts';
import type { Candidate } from './candidate.ts';
import { averagedFolds, isBagged } from './ensemble/assemble.ts';
import type { Evaluation, EvaluationOptions } from './evaluation.ts';
import type { FitFailure, FitJob } from './fit-job.ts';
import type { ProgressTeller } from './progress-teller.ts';
import { onAllRows } from './refits.ts';
import type { Trials } from './search/trials.ts';

/** The candidate of an evaluation, with as many rounds as its folds came to. */
export function candidateOf({ entry: { model, params, features } }: Evaluation): Candidate {
  return { model, params, features };
}

/** What fits what is not fitted yet. */
export interface FitOptions extends EvaluationOptions {
  readonly trials: Trials;
  readonly teller: ProgressTeller;
}

/**
 * The folds whose fits are the parts of a candidate as a member of the model, by their places; null for one on all rows.
 *
 * @param members how many the model has
 * @param refits how many fits on all rows there are beside those of folds
 */
export function foldsOfParts(
  evaluation: Evaluation,
  { members, refits }: { readonly members: number; readonly refits: number },
  { context: { folds, train } }: Pick<FitOptions, 'context'>,
): readonly (number | null)[] {
  if (!isBagged(candidateOf(evaluation), folds, train.rows)) return [null];
  return [...averagedFolds(folds, members), ...new Array<null>(refits).fill(null)];
}

/**
 * The fits of a candidate in some folds, or on all rows: the parts of a member of the model.
 *
 * @param folds by their places; null for all rows, of which several fits draw random numbers of their own
 */
export async function fitsOf(
  evaluation: Evaluation,
  folds: readonly (number | null)[],
  options: FitOptions,
): Promise<readonly FittedModel[] | FitFailure> {
  const candidate = candidateOf(evaluation);
  const onAll = onAllRows(evaluation, options.context.declaration) ?? candidate;
  const { asFitted, patience } = evaluation;
  const fits = await Promise.all(
    folds.map((fold, place) => {
      if (fold === null) return doFit({ candidate: onAll, fold, ...(folds.length > 1 && { draw: place }) }, options);
      // What was not kept is fitted again, and is the same.
      return (
        options.trials.fitOf(asFitted, fold) ?? doFit({ candidate: asFitted, patience, fold, keep: true }, options)
      );
    }),
  );
  const failure = fits.find((result) => 'reason' in result);
  if (failure) return failure;
  return fits.flatMap((result) => ('reason' in result ? [] : { ...result, params: candidate.params }));
}

async function doFit(
  job: Omit<FitJob, 'threads'>,
  { fitting, signal, teller }: FitOptions,
): Promise<FittedModel | FitFailure> {
  const { model } = job.candidate;
  teller.plan(model);
  const result = await fitting.fit(job, teller.hooks(model, job.fold), signal ?? new AbortController().signal);
  if (result.status === 'failed') return result;
  if (!result.model) throw new Error('a fit came to no model');
  return result.model;
}
