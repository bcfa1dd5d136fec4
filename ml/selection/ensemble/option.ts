import type { Predictions } from '../../core/predictions.ts';
import { type Complexity, together } from './complexity.ts';
import { type CandidateEvidence, type Combination, type Evidence, membersOf, single } from './evidence.ts';
import type { Gain, JudgedCombination } from './judge.ts';

/** A model that may be chosen. */
export interface Option {
  readonly kind: 'single' | 'blend' | 'stack';
  /** What people call it: "catboost", "a blend of catboost and ridge". */
  readonly name: string;
  readonly combination: Combination;
  readonly complexity: Complexity;
  /** What the prediction of a row takes. */
  readonly predictSeconds: number;
  /** The metric in each fold; undefined where it cannot be judged. */
  readonly scores: readonly (number | undefined)[];
  /** What was scored. */
  readonly predictions: readonly (Predictions | undefined)[];
}

/** An ensemble that was tried. */
export interface Trial {
  readonly option: Option;
  /** How much less error it leaves than the best candidate, by its weights of all folds: 0.05 for 5 %. */
  readonly saved: number;
  /** How much that must be. */
  readonly leastSaved: number;
  /** Its gain over the best candidate in folds that had no part in finding either; undefined where there are too few folds. */
  readonly gain: Gain | undefined;
}

export function candidateOption(candidate: number, evidence: Evidence): Option {
  const own = evidence.candidates[candidate] as CandidateEvidence;
  return { ...own, kind: 'single', combination: single(candidate, evidence) };
}

export function ensembleOption(kind: 'blend' | 'stack', judged: JudgedCombination, { candidates }: Evidence): Option {
  const members = membersOf(judged.combination).map((candidate) => candidates[candidate] as CandidateEvidence);
  const names = [...new Set(members.map(({ name }) => name))];
  return {
    ...judged,
    kind,
    name: `a ${kind} of ${new Intl.ListFormat('en-GB').format(names)}`,
    complexity: together(members.map(({ complexity }) => complexity)),
    predictSeconds: members.reduce((sum, { predictSeconds }) => sum + predictSeconds, 0),
  };
}
