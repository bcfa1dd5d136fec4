import { type PartialTrial, partialProposalOf, proposalOf, type RecordedTrial } from '../recorded-trial.ts';
import { allFolds, type Strategy } from './strategy.ts';
import type { Trials } from './trials.ts';

/** What a release records of the search that it came from. */
export interface RecordedSearch {
  readonly trials: readonly RecordedTrial[];
  readonly partialTrials: readonly PartialTrial[];
}

/** Tries again what a release records, whatever strategy it came from. */
export function* tryAgain(recorded: RecordedSearch, folds: number, trials: Trials): Strategy {
  const all = allFolds(folds);
  const whole = recorded.trials.map((trial) => proposalOf(trial, all, true));
  const proposals = [...whole, ...recorded.partialTrials.map(partialProposalOf)];
  yield { proposals, last: [...new Set(proposals.map(({ fit }) => fit.fitted.model))], done: 0 };
  recorded.trials.forEach(({ leftOut }, i) => {
    if (leftOut) trials.leaveOut((whole[i] as (typeof whole)[number]).fit.fitted);
  });
}
