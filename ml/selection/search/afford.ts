// What of a proposal there is time for: in larger steps, with fewer rounds, or not at all.

import { growthOf } from '../../estimators/index.ts';
import type { GivenParams } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';
import { ownFit, roundsOf, withRounds } from '../shared-fit.ts';
import type { Size } from './auto/cost.ts';
import type { Speeds } from './speeds.ts';
import type { Proposal } from './strategy.ts';

/** What there is for a proposal. */
export interface Means {
  readonly secondsLeft: number;
  /** How many fits there are at a time. */
  readonly parallel: number;
  readonly speeds: Speeds;
  /** How many folds there are. */
  readonly folds: number;
  /** What a fold learns from. @param rows at most so many */
  readonly sizeOf: (rows?: number) => Size;
  /** Parameters that are fixed, by model. */
  readonly given: GivenParams;
}

/**
 * The share of what is left that a candidate may take in all folds: of a model whose speed is not known yet, or by few rows alone,
 * rather less.
 */
const SHARES = { known: 0.3, 'looked at': 0.2, unknown: 0.12 } as const;
/** Of one that cannot be made quicker. */
const SHARE_AS_IT_IS = 0.3;
/** Of what is left, what fits may take in any case: estimates are a little wrong, and before there is a fit to go by much so. */
const SURE = 0.8;
const SURE_OF_UNKNOWN = 0.4;
/** Steps are not made larger than that. */
const LARGEST_RATE = 0.3;
/** Fewer rounds in vain say nothing, however large the steps. */
const LEAST_PATIENCE = 15;
/** Fewer rounds, or trees, make no model. */
const FEWEST_ROUNDS = 10;
/** Where some boosting has come to something already, a candidate of less than this share of its rounds brings nothing. */
const LEAST_SHARE = 0.4;

/**
 * A proposal as there is time for it. A candidate that grows and would take too much of what is left grows in larger steps; and by at
 * most so many rounds that it ends in time, whatever it comes to. What was begun stays as it is.
 *
 * @returns undefined where there is no time for it
 */
export function afford(proposal: Proposal, means: Means): Proposal | undefined {
  const { fit, how } = proposal;
  const growth = growthOf(fit.fitted.model);
  const isFixed = proposal.isFixed || fit.rounds || !growth || isGiven(growth.rounds, fit.fitted, means);
  if (isFixed) return asItIs(proposal, means);
  return how.patience === undefined ? withFewerTrees(proposal, means) : inLargerSteps(proposal, how.patience, means);
}

/** The seconds that the fits of a proposal are to be expected to take together, one after the other. */
export function secondsOfFits({ fit: { fitted }, folds, how }: Proposal, { speeds, sizeOf }: Means): number {
  const size = sizeOf(how.rows);
  const rounds = roundsOf(fitted);
  const { patience } = how;
  const grown = patience === undefined ? rounds : Math.min(rounds ?? 1, speeds.roundsOf(fitted, size) + patience);
  return folds.length * speeds.secondsOf(fitted, size, grown);
}

const isGiven = (name: string, { model }: Candidate, { given }: Means): boolean =>
  Object.hasOwn(given[model] ?? {}, name);

/** How many fits of a candidate come one after the other, in all folds that it is to be tried in. */
function turnsOf({ folds, how }: Proposal, { parallel, folds: all }: Means): number {
  return Math.ceil((how.rows === undefined ? all : folds.length) / parallel);
}

function asItIs(proposal: Proposal, means: Means): Proposal | undefined {
  const { folds } = proposal;
  const each = secondsOfFits(proposal, means) / folds.length;
  const turns = proposal.isFixed ? Math.ceil(folds.length / means.parallel) : turnsOf(proposal, means);
  const share = proposal.isFixed ? SURE : SHARE_AS_IT_IS;
  // What has been laid out by somebody is let in as long as nothing is known of it.
  const isUnknown = proposal.isFixed && means.speeds.stateOf(proposal.fit.fitted.model) !== 'known';
  return isUnknown || each * turns <= share * means.secondsLeft ? proposal : undefined;
}

/** Trees that are drawn at random, or voted for: of fewer there is less, and it is as good for what it is. */
function withFewerTrees(proposal: Proposal, means: Means): Proposal | undefined {
  const { fitted } = proposal.fit;
  const trees = roundsOf(fitted) as number;
  const most = mostRounds(fitted, shareOf(fitted, means), turnsOf(proposal, means), proposal, means);
  if (most >= trees) return proposal;
  return most < FEWEST_ROUNDS ? undefined : { ...proposal, fit: ownFit(withRounds(fitted, most)) };
}

function inLargerSteps(proposal: Proposal, patience: number, means: Means): Proposal | undefined {
  const { speeds, sizeOf, secondsLeft } = means;
  const { fitted } = proposal.fit;
  const size = sizeOf(proposal.how.rows);
  const turns = turnsOf(proposal, means);
  const secondsOf = (candidate: Candidate, rounds: number) => turns * speeds.secondsOf(candidate, size, rounds);
  const seconds = secondsOf(fitted, speeds.roundsOf(fitted, size) + patience);
  const times = seconds / (shareOf(fitted, means) * secondsLeft);
  const quick = times > 1 ? quickened(proposal, times, means) : proposal;
  const candidate = quick.fit.fitted;
  const isKnown = speeds.stateOf(fitted.model) === 'known';
  const most = mostRounds(candidate, isKnown ? SURE : SURE_OF_UNKNOWN, turns, proposal, means);
  const wanted = speeds.roundsOf(candidate, size);
  if (most < FEWEST_ROUNDS || (speeds.knowsGrowth && most < LEAST_SHARE * wanted)) return undefined;
  return most < (roundsOf(candidate) as number) ? { ...quick, fit: ownFit(withRounds(candidate, most)) } : quick;
}

/**
 * How many rounds of a candidate there is time for, beside what it takes whatever their number: to make features.
 *
 * @param share of what is left that it may take
 * @param turns how many fits come one after the other
 */
function mostRounds(candidate: Candidate, share: number, turns: number, { how }: Proposal, means: Means): number {
  const { speeds, sizeOf, secondsLeft } = means;
  const secondsOf = (rounds: number) => speeds.secondsOf(candidate, sizeOf(how.rows), rounds) * turns;
  const each = secondsOf(2) - secondsOf(1);
  return Math.floor((share * secondsLeft - (secondsOf(1) - each)) / each);
}

const shareOf = ({ model }: Candidate, { speeds }: Means): number => SHARES[speeds.stateOf(model)];

/** The same proposal in steps that are so many times as large, as far as that goes. */
function quickened(proposal: Proposal, times: number, means: Means): Proposal {
  const { fit, how } = proposal;
  const { learning_rate: rate } = fit.fitted.params;
  if (typeof rate !== 'number' || rate >= LARGEST_RATE || isGiven('learning_rate', fit.fitted, means)) return proposal;
  const learning_rate = Number(Math.min(LARGEST_RATE, rate * times).toPrecision(2));
  const patience = Math.max(LEAST_PATIENCE, Math.ceil(((how.patience as number) * rate) / learning_rate));
  const candidate = { ...fit.fitted, params: { ...fit.fitted.params, learning_rate } };
  return { ...proposal, fit: ownFit(candidate), how: { ...how, patience } };
}
