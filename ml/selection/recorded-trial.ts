import { z } from 'zod';
import { evaluatedSchema } from './evaluated.ts';
import type { Evaluation } from './evaluation.ts';
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
