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
 * The fits of a candidate as a member of the model: those of the folds, or the one on all rows.
 *
 * @param members how many the model has
 */
export async function fitsOf(
  evaluation: Evaluation,
  members: number,
  options: FitOptions,
): Promise<readonly FittedModel[] | FitFailure> {
  const candidate = candidateOf(evaluation);
  const { folds, train } = options.context;
  if (!isBagged(candidate, folds, train.rows)) return fitAgain(evaluation, options);
  const { asFitted, patience } = evaluation;
  const fits = await Promise.all(
    averagedFolds(folds, members).map(
      (fold) =>
        // What was not kept is fitted again, and is the same.
        options.trials.fitOf(asFitted, fold) ?? doFit({ candidate: asFitted, patience, fold, keep: true }, options),
    ),
  );
  const failure = fits.find((result) => 'reason' in result);
  if (failure) return failure;
  return fits.flatMap((result) => ('reason' in result ? [] : { ...result, params: candidate.params }));
}

/** The fit of a candidate on all training rows. */
export async function fitAgain(
  evaluation: Evaluation,
  options: FitOptions,
): Promise<readonly FittedModel[] | FitFailure> {
  const result = await doFit({ candidate: candidateOf(evaluation), fold: null }, options);
  return 'reason' in result ? result : [result];
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
