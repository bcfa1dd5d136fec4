import { z } from 'zod';
import type { Candidate } from './candidate.ts';
import { candidateShape, evaluatedSchema, scoresSchema } from './evaluated.ts';
import type { Evaluation, FoldResult } from './evaluation.ts';
import type { FitFailure, FoldOptions } from './fit-job.ts';
import type { Proposal } from './search/strategy.ts';
import { ownFit, roundsOf, withRounds } from './shared-fit.ts';

/** A trial as a release records it: its candidate, what it came to, and by what its growing stopped, if it did. */
export const recordedTrialSchema = z.intersection(
  evaluatedSchema,
  z.object({
    /** The rounds that it might have grown, and after how many without gain on a fold's rows it stopped. */
    stopping: z.object({ rounds: z.number(), patience: z.number() }).optional(),
    /** Whether it could not be chosen, since its recipes did not pay. */
    leftOut: z.literal(true).optional(),
  }),
);
export type RecordedTrial = z.infer<typeof recordedTrialSchema>;

export function recordTrial({ entry, asFitted, patience }: Evaluation, isLeftOut: boolean): RecordedTrial {
  const rounds = roundsOf(asFitted);
  return {
    ...entry,
    ...(patience !== undefined && rounds !== undefined && { stopping: { rounds, patience } }),
    ...(isLeftOut && { leftOut: true }),
  };
}

/** The proposal that a recorded trial came from. */
export function proposalOf(
  { model, params, features, stopping }: RecordedTrial,
  folds: readonly number[],
  keep: boolean,
): Proposal {
  const candidate = { model, params, ...(features && { features }) };
  if (!stopping) return { fit: ownFit(candidate), folds, how: { keep } };
  return {
    fit: ownFit(withRounds(candidate, stopping.rounds)),
    folds,
    how: { keep, patience: stopping.patience },
  };
}

/** A candidate that was tried on few rows, or given up after some folds, as a release records it. */
export const partialTrialSchema = z.object({
  ...candidateShape,
  folds: z.array(z.number()),
  /** How many rows it learned from in each of these folds, where not all. */
  rows: z.number().optional(),
  /** After how many rounds without gain on a fold's rows it stopped, if it did. */
  patience: z.number().optional(),
  /** In each of these folds; none where it failed. */
  scores: z.array(scoresSchema),
  reason: z.string().optional(),
});
export type PartialTrial = z.infer<typeof partialTrialSchema>;

export function recordPartialTrial(
  { model, params, features }: Candidate,
  { rows, patience }: Pick<FoldOptions, 'rows' | 'patience'>,
  folds: readonly number[],
  results: readonly FoldResult[] | FitFailure,
): PartialTrial {
  const hasFailed = 'reason' in results;
  return {
    model,
    params,
    ...(features && { features }),
    folds: [...folds],
    ...(rows !== undefined && { rows }),
    ...(patience !== undefined && { patience }),
    scores: hasFailed ? [] : results.map(({ scores }) => scores),
    ...(hasFailed && { reason: results.reason }),
  };
}

/** The proposal that a partial trial came from. */
export function partialProposalOf({ model, params, features, folds, rows, patience }: PartialTrial): Proposal {
  return { fit: ownFit({ model, params, ...(features && { features }) }), folds, how: { rows, patience } };
}
