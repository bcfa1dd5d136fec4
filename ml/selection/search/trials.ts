import type { Candidate } from '../candidate.ts';
import { type Evaluation, type EvaluationOptions, type FoldResult, summarise } from '../evaluation.ts';
import type { FitFailure } from '../fit-job.ts';
import { withRounds } from '../shared-fit.ts';
import { keyOf } from './candidate-key.ts';
import type { Outcome, Proposal } from './strategy.ts';

/** A candidate and what it came to so far. */
interface Trial {
  readonly candidate: Candidate;
  readonly results: Map<number, FoldResult>;
  failure: FitFailure | undefined;
  /** Made once all is known. */
  evaluation: Evaluation | undefined;
}

/** What a search has tried: of each candidate its results on all rows, fold by fold. */
export class Trials {
  readonly #options: Pick<EvaluationOptions, 'context' | 'task'>;
  readonly #trials = new Map<string, Trial>();
  readonly #leftOut = new Set<string>();

  constructor(options: Pick<EvaluationOptions, 'context' | 'task'>) {
    this.#options = options;
  }

  /** Gives the candidates of a proposal their place, before they are tried: so their order is that of the proposals. */
  propose({ fit, how }: Proposal): void {
    // On fewer rows than there are a candidate comes to nothing that could be compared.
    if (how.rows !== undefined) return;
    for (const candidate of fit.candidates) {
      const key = keyOf(candidate);
      if (!this.#trials.has(key))
        this.#trials.set(key, { candidate, results: new Map(), failure: undefined, evaluation: undefined });
    }
  }

  /** Takes what came of a proposal. */
  add({ proposal, results }: Outcome): void {
    proposal.fit.candidates.forEach((candidate, i) => {
      const trial = this.#trials.get(keyOf(candidate));
      if (!trial || proposal.how.rows !== undefined) return;
      const result = results[i] as readonly FoldResult[] | FitFailure;
      if ('reason' in result) trial.failure ??= result;
      else for (const fold of result) trial.results.set(fold.fold, fold);
    });
  }

  /** Keeps a candidate from being chosen. */
  leaveOut(candidate: Candidate): void {
    this.#leftOut.add(keyOf(candidate));
  }

  /**
   * The candidates that were tried in every fold or failed, in the order in which they were proposed first. One whose
   * growing stopped early has as many rounds as its folds came to, on average.
   *
   * @param model of this model alone. @default of all
   */
  evaluations(model?: string): Evaluation[] {
    return [...this.#trials].flatMap(([key, trial]) => {
      if (this.#leftOut.has(key) || (model !== undefined && trial.candidate.model !== model)) return [];
      trial.evaluation ??= this.#evaluationOf(trial);
      return trial.evaluation ?? [];
    });
  }

  #evaluationOf({ candidate, results, failure }: Trial): Evaluation | undefined {
    if (failure) return summarise(candidate, failure, this.#options);
    if (results.size < this.#options.context.folds.length) return undefined;
    const inOrder = [...results.values()].sort((a, b) => a.fold - b.fold);
    return summarise(asGrown(candidate, inOrder), inOrder, this.#options);
  }
}

function asGrown(candidate: Candidate, folds: readonly FoldResult[]): Candidate {
  const counts = folds.flatMap(({ rounds }) => rounds ?? []);
  if (counts.length === 0) return candidate;
  return withRounds(candidate, Math.max(1, Math.round(counts.reduce((sum, count) => sum + count, 0) / counts.length)));
}
