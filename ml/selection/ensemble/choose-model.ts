import { groupBy } from '../../core/group-by.ts';
import type { Predictions } from '../../core/predictions.ts';
import type { Preference } from '../preferences.ts';
import { compareComplexity } from './complexity.ts';
import { FoldProducts } from './error-products.ts';
import {
  type CandidateEvidence,
  type Combination,
  combine,
  type Evidence,
  isNear,
  membersOf,
  single,
} from './evidence.ts';
import { selectOnce } from './greedy.ts';
import { selectByHalves } from './halves.ts';
import { bestCandidate, gainOf, judgeLearner } from './judge.ts';
import { mixtures } from './mixture.ts';
import { candidateOption, ensembleOption, type Option, type Trial } from './option.ts';
import { preferred } from './prefer.ts';
import { runningMeans } from './running-mean.ts';
import { stacker } from './stack.ts';
import { whyBest, whyPreferred } from './why.ts';
import { winnerOf } from './winner.ts';

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

/** More candidates hardly make a better ensemble. */
export const MOST_CANDIDATES = 60;

/**
 * Chooses a model by out-of-fold predictions: the best candidate, a blend, or a stack.
 *
 * A blend is taken where it leaves at least 1 % less error than the best candidate (of few rows 0.5 %, of classes 0.1 %), unless it is worse in folds that had no
 * part in finding its weights; a stack where it is clearly better there, than the blend too. A preference then takes the
 * simplest or the fastest model that the one taken does not beat by more than a standard error.
 */
export function chooseModel(given: Evidence, preference: Preference = 'accurate'): Choice {
  const { evidence, places } = worthwhile(given);
  const singles = evidence.candidates.map((_, candidate) => candidateOption(candidate, evidence));
  const best = singles[bestCandidate(evidence, [...evidence.folds.keys()])] as Option;
  const trials = tryEnsembles(evidence);
  const winner = winnerOf(best, trials, evidence);
  const { metric, repeats } = evidence;
  const reason = { best, winner, trials, tried: given.candidates.length, metric, repeats };
  const options = [...singles, ...trials.map(({ option }) => option)];
  const chosen = preference === 'accurate' ? winner : preferred(options, winner, preference, evidence);
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

/** The candidates that an ensemble may be of, with their places among all: the simplest first, so that it is taken where several are even. */
function worthwhile(evidence: Evidence): { evidence: Evidence; places: readonly number[] } {
  const { candidates, folds } = evidence;
  const candidateAt = (place: number) => candidates[place] as CandidateEvidence;
  const ofPlaces = (some: readonly number[]) => ({ ...evidence, candidates: some.map(candidateAt) });
  const all = [...candidates.keys()];
  const near = all.filter((place) => isNear(evidence, place));
  const order = (near.length > 0 ? near : all).sort(
    (a, b) => compareComplexity(candidateAt(a).complexity, candidateAt(b).complexity) || a - b,
  );
  const ranked: number[] = [];
  for (let rest = order; rest.length > 0; ) {
    const best = rest[bestCandidate(ofPlaces(rest), [...folds.keys()])] as number;
    ranked.push(best);
    rest = rest.filter((place) => place !== best);
  }
  const kept = new Set(diverse(ranked, (place) => candidateAt(place).name));
  const places = order.filter((place) => kept.has(place));
  return { evidence: ofPlaces(places), places };
}

/**
 * The candidates that an ensemble is found among, of more than that: half of them the best of all, the others the best of each model in turn.
 * Where sixty variants of linear models come first, the trees that would mend their errors come next.
 */
function diverse(ranked: readonly number[], modelOf: (place: number) => string): readonly number[] {
  const best = ranked.slice(0, Math.ceil(MOST_CANDIDATES / 2));
  const others = [...groupBy(ranked.slice(best.length), modelOf).values()];
  const inTurn = Array.from({ length: ranked.length }, (_, turn) => others.flatMap((own) => own.slice(turn, turn + 1)));
  return [...best, ...inTurn.flat()].slice(0, MOST_CANDIDATES);
}

/** So much less error than the best candidate's, at least, is worth several members. */
const LEAST_SAVED = 0.01;
/** The same of a mean of blends, which no rows flatter as much as those that one blend was found by. */
const LEAST_SAVED_BY_HALVES = 0.005;
/** The same of a blend of probabilities: the best of hundreds of candidates owes more to luck than it leaves less error. */
const LEAST_SAVED_OF_CLASSES = 0.001;

/** Whether rows are so few that folds are repeated: then chance has much to say in what a blend is of. */
const isOfFewRows = ({ repeats = 1 }: Evidence) => repeats > 1;

/** A blend and a stack, unless they come to one candidate. */
function tryEnsembles(evidence: Evidence): Trial[] {
  const { candidates, metric } = evidence;
  if (candidates.length === 1) return [];
  // A best one that was found by other folds too, as the ensembles are: its own luck must not count for it.
  const alone = judgeLearner((folds) => single(bestCandidate(evidence, folds), evidence), evidence);
  const isNumeric = candidates.every(({ predictions }) => predictions.every(({ outputs }) => outputs === 1));
  const products = isNumeric ? new FoldProducts(evidence) : undefined;
  const start = runningMeans(evidence, products);
  const isByHalves = isNumeric && isOfFewRows(evidence);
  const leastOfBlend = !isNumeric ? LEAST_SAVED_OF_CLASSES : isByHalves ? LEAST_SAVED_BY_HALVES : LEAST_SAVED;
  const weigh = isByHalves ? selectByHalves : selectOnce;
  const blend = judgeLearner((folds) => {
    const weights = weigh(start, folds, candidates.length, metric);
    const isNone = weights.every((weight) => weight === 0);
    return isNone ? single(bestCandidate(evidence, folds), evidence) : { intercept: 0, weights };
  }, evidence);
  const trials = [ensembleOption('blend', blend, evidence)];
  const stack = products ? stacker(evidence, products) : mixtures(evidence);
  trials.push(ensembleOption('stack', judgeLearner(stack, evidence), evidence));
  const best = single(bestCandidate(evidence, [...evidence.folds.keys()]), evidence);
  return trials
    .filter(({ combination }) => membersOf(combination).length > 1)
    .map((option) => ({
      option,
      saved: 1 - errorOf(option.combination, evidence) / errorOf(best, evidence),
      leastSaved: option.kind === 'blend' ? leastOfBlend : LEAST_SAVED,
      gain: gainOf(evidence, option.scores, alone.scores),
    }));
}

/** How far a combination of candidates is from the best value of the metric, on average over the folds. */
function errorOf(combination: Combination, evidence: Evidence): number {
  const { metric, folds } = evidence;
  const errors = folds.map(({ truth, weights }, fold) =>
    Math.abs(metric.best - metric.compute(truth, combine(combination, evidence, fold), weights)),
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
