import { proposalOf, type RecordedTrial } from '../recorded-trial.ts';
import { allFolds, type Strategy } from './strategy.ts';
import type { Trials } from './trials.ts';

/** Tries again what a release records, whatever strategy it came from. */
export function* tryAgain(recorded: readonly RecordedTrial[], folds: number, trials: Trials): Strategy {
  const all = allFolds(folds);
  const proposals = recorded.map((trial) => proposalOf(trial, all, true));
  yield { proposals, last: [...new Set(recorded.map(({ model }) => model))], done: 0 };
  recorded.forEach(({ leftOut }, i) => {
    if (leftOut) trials.leaveOut((proposals[i] as (typeof proposals)[number]).fit.fitted);
  });
}
