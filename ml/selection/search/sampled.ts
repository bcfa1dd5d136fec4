import { createRandom, scrambled } from '../../core/random.ts';
import type { GivenParams } from '../../estimators/params.ts';
import { type Candidate, candidateSeed } from '../candidate.ts';
import { keyOf } from './candidate-key.ts';
import { propose } from './proposals.ts';
import type { Space } from './space.ts';
import { allFolds, type Strategy } from './strategy.ts';

/** What a search that looks at all models alike is about. */
export interface SearchSetting {
  /** One for each model. */
  readonly spaces: readonly Space[];
  readonly given: GivenParams;
  /** How many folds there are. */
  readonly folds: number;
  readonly seed: number;
}

/** Of each model its defaults, and so many more that are drawn at random. */
export function drawn({ spaces, seed }: SearchSetting, trials: number): Candidate[] {
  return spaces.flatMap((space) => {
    const random = createRandom(scrambled(candidateSeed(seed, space.model)));
    const draws = space.isEmpty ? [] : Array.from({ length: trials }, () => space.draw(random));
    return [...new Map([space.candidate(), ...draws].map((candidate) => [keyOf(candidate), candidate])).values()];
  });
}

/** Tries each of some candidates in every fold, growing as long as that pays. */
export function* trySampled(candidates: readonly Candidate[], { spaces, given, folds }: SearchSetting): Strategy {
  const all = allFolds(folds);
  yield {
    proposals: candidates.map((candidate) => propose(candidate, all, given)),
    last: spaces.map(({ model }) => model),
    done: 0,
  };
}
