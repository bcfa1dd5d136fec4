import type { Predictions } from '../../core/predictions.ts';
import { compareComplexity } from './complexity.ts';
import { FoldProducts } from './error-products.ts';
import { type CandidateEvidence, type Evidence, isNear, membersOf, single } from './evidence.ts';
import { selectGreedily } from './greedy.ts';
import { bestCandidate, gainOf, isClear, judgeLearner } from './judge.ts';
import { candidateOption, ensembleOption, type Option, type Trial } from './option.ts';
import { type Preference, preferred } from './prefer.ts';
import { runningMeans } from './running-mean.ts';
import { stacker } from './stack.ts';
import { whyBest, whyPreferred } from './why.ts';

/** The model that was chosen. */
export interface Choice {
  readonly kind: Option['kind'];
  readonly intercept: number;
  /** Candidates by their places; those with the largest weights first. */
  readonly members: readonly { readonly candidate: number; readonly weight: number }[];
  /**
   * What it predicts of the rows that each fold holds: by fits that have not learned from them, and weights that were found
   * without them. Undefined where there is no fold to find weights by.
   */
  readonly outOfFold: readonly (Predictions | undefined)[];
  /** The metric in each fold; undefined where there are no such predictions. */
  readonly scores: readonly (number | undefined)[];
  /** Why it was chosen, in a sentence without its full stop. */
  readonly why: string;
}

/** More candidates hardly make a better ensemble. Of more, those that score worst are left out. */
const MOST_CANDIDATES = 60;

/**
 * Chooses a model by out-of-fold predictions: the best candidate, a blend, or a stack.
 *
 * All are judged in folds that had no part in finding them. A blend is taken where its gain over the best candidate is larger than
 * the gain's standard error, and a stack where that holds over the blend too; so simple data keeps a simple model. A
 * preference then takes the simplest or the fastest model that the one taken does not clearly beat.
 */
export function chooseModel(given: Evidence, preference: Preference = 'accurate'): Choice {
  const { evidence, places } = worthwhile(given);
  const singles = evidence.candidates.map((_, candidate) => candidateOption(candidate, evidence));
  const best = singles[bestCandidate(evidence, [...evidence.folds.keys()])] as Option;
  const trials = tryEnsembles(evidence);
  const winner = winnerOf(best, trials, evidence);
  const reason = { best, winner, trials, tried: given.candidates.length, metric: evidence.metric };
  const options = [...singles, ...trials.map(({ option }) => option)];
  const chosen = preference === 'accurate' ? winner : preferred(options, winner, preference, evidence.metric);
  return {
    kind: chosen.kind,
    intercept: chosen.combination.intercept,
    members: membersOf(chosen.combination).map((candidate) => ({
      candidate: places[candidate] as number,
      weight: chosen.combination.weights[candidate] as number,
    })),
    outOfFold: chosen.predictions,
    scores: chosen.scores,
    why: preference === 'accurate' ? whyBest(reason) : whyPreferred(chosen, preference, reason),
  };
}

/** The best candidates, with their places among all: the simplest first, so that it is taken where several are even. */
function worthwhile(evidence: Evidence): { evidence: Evidence; places: readonly number[] } {
  const { candidates, folds } = evidence;
  const candidateAt = (place: number) => candidates[place] as CandidateEvidence;
  const ofPlaces = (some: readonly number[]) => ({ ...evidence, candidates: some.map(candidateAt) });
  const all = [...candidates.keys()];
  const near = all.filter((place) => isNear(evidence, place));
  const order = (near.length > 0 ? near : all).sort(
    (a, b) => compareComplexity(candidateAt(a).complexity, candidateAt(b).complexity) || a - b,
  );
  const best = new Set<number>();
  while (best.size < Math.min(MOST_CANDIDATES, order.length)) {
    const rest = order.filter((place) => !best.has(place));
    best.add(rest[bestCandidate(ofPlaces(rest), [...folds.keys()])] as number);
  }
  const places = order.filter((place) => best.has(place));
  return { evidence: ofPlaces(places), places };
}

/** A blend and a stack, unless they come to one candidate. */
function tryEnsembles(evidence: Evidence): Trial[] {
  const { candidates, metric } = evidence;
  if (candidates.length === 1) return [];
  // A best one that was found by other folds too, as the ensembles are: its own luck must not count for it.
  const alone = judgeLearner((folds) => single(bestCandidate(evidence, folds), evidence), evidence);
  const isNumeric = candidates.every(({ predictions }) => predictions.every(({ outputs }) => outputs === 1));
  const products = isNumeric ? new FoldProducts(evidence) : undefined;
  const start = runningMeans(evidence, products);
  const blend = judgeLearner((folds) => {
    const taken = selectGreedily(start(folds), candidates.length, metric);
    const total = taken.reduce((sum, count) => sum + count, 0);
    if (total === 0) return single(bestCandidate(evidence, folds), evidence);
    return { intercept: 0, weights: Float64Array.from(taken, (count) => count / total) };
  }, evidence);
  const trials = [ensembleOption('blend', blend, evidence)];
  if (products) trials.push(ensembleOption('stack', judgeLearner(stacker(evidence, products), evidence), evidence));
  return trials
    .filter(({ combination }) => membersOf(combination).length > 1)
    .map((option) => ({ option, gain: gainOf(metric, option.scores, alone.scores) }));
}

/** The best candidate, or the ensemble that clearly beats it and those that were tried before. */
function winnerOf(best: Option, trials: readonly Trial[], { metric }: Evidence): Option {
  const beats = (option: Option, others: readonly Trial[]) =>
    others.every((other) => isClear(gainOf(metric, option.scores, other.option.scores)));
  return trials.findLast(({ option, gain }, i) => isClear(gain) && beats(option, trials.slice(0, i)))?.option ?? best;
}
