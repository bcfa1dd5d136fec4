import { complexityOf, growthOf } from '../../estimators/index.ts';
import type { Candidate } from '../candidate.ts';
import type { Evaluation } from '../evaluation.ts';
import { ownFit, roundsOf, withRounds } from '../shared-fit.ts';
import { costOf } from './auto/cost.ts';
import { Family } from './auto/family.ts';
import { type AutoSetting, scoreOfEvaluation } from './auto/setting.ts';
import { inSteps } from './reduce.ts';
import type { Space } from './space.ts';
import { allFolds, type Strategy } from './strategy.ts';
import type { Trials } from './trials.ts';

/** What grows has so many rounds, in steps so large that these make a model of use. */
const ROUNDS = 20;
const STEP = 0.3;
/** So many models are tried at most: the others take longer. */
const MOST = 3;

/** What is known of a search that has come to nothing. */
type Setting = Pick<AutoSetting, 'spaces' | 'given' | 'folds' | 'size' | 'objective' | 'trials'>;

const looksAtColumns = ({ entry }: Evaluation): boolean => complexityOf(entry.model) > 0;

/** Whether no candidate was scored that looks at any column. */
export function cameToNothing(trials: Trials): boolean {
  return !trials.evaluations().some((each) => each.entry.status === 'scored' && looksAtColumns(each));
}

/**
 * Where the time of a search was over before any of its fits was: candidates that take little, the quickest first, until one is
 * better than what looks at no column. No clock ends it, so that a training ends with a model, if somewhat later.
 */
export function* tryQuickest({ spaces, given, folds, size, objective, trials }: Setting): Strategy {
  const bestOf = (isIt: (each: Evaluation) => boolean) =>
    Math.max(
      -Infinity,
      ...trials.evaluations().flatMap((each) => (isIt(each) ? scoreOfEvaluation(each, objective) : [])),
    );
  const costOfFit = (candidate: Candidate) => costOf(candidate, size, roundsOf(candidate));
  const quickest = spaces
    .filter(({ model }) => complexityOf(model) > 0)
    .map((space) => quickCandidate(space, given[space.model] ?? {}))
    .sort((a, b) => costOfFit(a) - costOfFit(b))
    .slice(0, MOST);
  for (const candidate of quickest) {
    yield { proposals: [{ fit: ownFit(candidate), folds: allFolds(folds), how: { keep: true } }], done: 0 };
    if (bestOf(looksAtColumns) > bestOf((each) => !looksAtColumns(each))) return;
  }
}

/** What is tried first of a model, with few rounds. @param given parameters that are fixed */
function quickCandidate(space: Space, given: Readonly<Record<string, unknown>>): Candidate {
  const { opener } = new Family(space);
  const candidate = inSteps(opener, STEP, Object.keys(given));
  const rounds = growthOf(space.model)?.rounds;
  return rounds === undefined || Object.hasOwn(given, rounds) ? candidate : withRounds(candidate, ROUNDS);
}
