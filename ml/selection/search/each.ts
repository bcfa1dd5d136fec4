import type { Candidate } from '../candidate.ts';
import { shareFits } from '../shared-fit.ts';
import { allFolds, type Strategy } from './strategy.ts';

/** Tries each of some candidates in every fold. Those that can share a fit do. */
export function* tryEach(candidates: readonly Candidate[], folds: number): Strategy {
  const all = allFolds(folds);
  const proposals = shareFits(candidates).map((fit) => ({ fit, folds: all, how: {} }));
  yield { proposals, last: [...new Set(candidates.map(({ model }) => model))], done: 0 };
}
