// Why a model was chosen, in a sentence without its full stop.

import { type Metric, scoreText } from '../metric.ts';
import type { Preference } from '../preferences.ts';
import type { Comparison } from './evidence.ts';
import { type Gain, gainOf } from './judge.ts';
import type { Option, Trial } from './option.ts';
import { meanScore } from './prefer.ts';

/** What was compared. */
export interface Compared extends Comparison {
  /** The best candidate. */
  readonly best: Option;
  /** The best candidate, or the ensemble that beats it. */
  readonly winner: Option;
  readonly trials: readonly Trial[];
  /** How many candidates there were. */
  readonly tried: number;
}

/** Why the winner was taken. */
export function whyBest({ best, winner, trials, tried, metric }: Compared): string {
  const ofAll = tried === 1 ? 'the only candidate' : `the best of ${tried} candidates by cross-validation`;
  const known = `${best.name}, ${ofAll} (${meanText(best, metric)})`;
  const taken = trials.find(({ option }) => option === winner);
  if (taken?.gain)
    return `${winner.name} leaves ${percent(taken.saved)} less error than ${known}; ${UNSEEN} it gains ${gainText(taken.gain, metric)}`;
  const [other] = trials.toSorted((a, b) => b.saved - a.saved);
  if (!other || other.saved < SHOWN) return tried === 1 ? known : `${known}; no blend of several is better`;
  const { option, saved, leastSaved, gain } = other;
  if (!gain) return `${known}; there are too few folds to judge ${option.name}`;
  if (saved >= leastSaved) return `${known}; ${UNSEEN} ${option.name} gains ${gainText(gain, metric)}`;
  return `${known}; ${option.name} would leave ${percent(saved)} less error, and ${percent(leastSaved)} is asked of it`;
}

/** Less would be told as 0.0 %. */
const SHOWN = 0.001;
const UNSEEN = 'in folds that had no part in finding its weights';

/** Why a simple or fast model was taken. */
export function whyPreferred(chosen: Option, preference: Exclude<Preference, 'accurate'>, compared: Compared): string {
  const { winner, metric } = compared;
  const best = whyBest(compared);
  const [more, most] = preference === 'simple' ? ['simpler', 'simplest'] : ['faster', 'fastest'];
  const gain = gainOf(compared, winner.scores, chosen.scores);
  if (chosen === winner || !gain) return `${best}; no ${more} model is within a standard error of it`;
  return `${chosen.name} is the ${most} model within a standard error of the best: ${meanText(chosen, metric)}, where ${winner.name} is better by ${gainText(gain, metric)}`;
}

const meanText = ({ scores }: Option, metric: Metric) => `${metric.title} ${scoreText(metric, meanScore(scores))}`;

/** Rounded down, so that what is less than was asked is not told as that. */
const percent = (share: number) => `${(Math.floor(1000 * share) / 10).toFixed(1)} %`;

const gainText = ({ mean, error }: Gain, metric: Metric) =>
  `${mean < 0 ? '−' : ''}${scoreText(metric, Math.abs(mean))} ± ${scoreText(metric, error)}`;
