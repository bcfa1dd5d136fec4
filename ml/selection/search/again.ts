import { proposalOf, type RecordedTrial } from '../recorded-trial.ts';
import type { Strategy } from './strategy.ts';

/** Tries again what a release records, whatever strategy it came from. */
export function* tryAgain(trials: readonly RecordedTrial[], folds: number): Strategy {
  const all = Array.from({ length: folds }, (_, fold) => fold);
  yield {
    proposals: trials.map((trial) => proposalOf(trial, all, true)),
    last: [...new Set(trials.map(({ model }) => model))],
    done: 0,
  };
}
