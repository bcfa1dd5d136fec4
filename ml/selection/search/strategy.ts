import type { FoldResult } from '../evaluation.ts';
import type { FitFailure, FoldOptions } from '../fit-job.ts';
import type { SharedFit } from '../shared-fit.ts';

/** What is to be tried: candidates that share a fit, in some folds. */
export interface Proposal {
  readonly fit: SharedFit;
  readonly folds: readonly number[];
  readonly how: Omit<FoldOptions, 'rounds'>;
  /** Whether it is to be tried as it is or not at all: it was begun in other folds, or is compared with another. @default no */
  readonly isFixed?: true;
}

/** The places of all folds. */
export const allFolds = (folds: number): readonly number[] => Array.from({ length: folds }, (_, fold) => fold);

/** What came of a proposal: of each of its candidates, its results in these folds or why one failed. */
export interface Outcome {
  /** As it was tried: where time is short, in larger steps and with fewer rounds than were proposed. */
  readonly proposal: Proposal;
  readonly results: readonly (readonly FoldResult[] | FitFailure)[];
}

/** Proposals that may be tried at the same time. */
export interface Batch {
  readonly proposals: readonly Proposal[];
  /** The models that are proposed for the last time. @default none */
  readonly last?: readonly string[];
  /** How much of the search is done before this batch, from 0 to 1. */
  readonly done: number;
}

/**
 * What is tried next, by what came of what was tried: a generator of batches, which is given the outcomes of each, in the
 * order of its proposals; undefined where there was no time for one. It looks at no clock and knows nothing of threads, so that a search comes to the same on
 * every machine, and again where it is taken up.
 */
export type Strategy = Generator<Batch, void, readonly (Outcome | undefined)[]>;
