import type { FittedModel } from '../estimators/model.ts';
import type { Candidate } from './candidate.ts';
import { averagedFolds, isBagged } from './ensemble/assemble.ts';
import type { Evaluation, EvaluationOptions } from './evaluation.ts';
import type { FitFailure, FitJob } from './fit-job.ts';
import type { ProgressTeller } from './progress-teller.ts';
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
 * The folds whose fits are the parts of a candidate as a member of the model, by their places; null for the one on all rows.
 *
 * @param members how many the model has
 */
export function foldsOfParts(
  evaluation: Evaluation,
  members: number,
  { context: { folds, train } }: Pick<FitOptions, 'context'>,
): readonly (number | null)[] {
  return isBagged(candidateOf(evaluation), folds, train.rows) ? averagedFolds(folds, members) : [null];
}

/**
 * The fits of a candidate in some folds, or on all rows: the parts of a member of the model.
 *
 * @param folds by their places; null for all rows
 */
export async function fitsOf(
  evaluation: Evaluation,
  folds: readonly (number | null)[],
  options: FitOptions,
): Promise<readonly FittedModel[] | FitFailure> {
  const candidate = candidateOf(evaluation);
  const { asFitted, patience } = evaluation;
  const fits = await Promise.all(
    folds.map((fold) => {
      if (fold === null) return doFit({ candidate, fold }, options);
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
