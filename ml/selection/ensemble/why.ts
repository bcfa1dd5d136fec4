// Why a model was chosen, in a sentence without its full stop.

import type { Metric } from '../metric.ts';
import { type Gain, gainOf } from './judge.ts';
import type { Option, Trial } from './option.ts';
import { meanScore, type Preference } from './prefer.ts';

/** What was compared. */
export interface Compared {
  /** The best candidate. */
  readonly best: Option;
  /** The best candidate, or the ensemble that beats it. */
  readonly winner: Option;
  readonly trials: readonly Trial[];
  /** How many candidates there were. */
  readonly tried: number;
  readonly metric: Metric;
}

/** Why the winner was taken. */
export function whyBest({ best, winner, trials, tried, metric }: Compared): string {
  const ofAll = tried === 1 ? 'the only candidate' : `the best of ${tried} candidates by cross-validation`;
  const known = `${best.name}, ${ofAll} (${scoreText(best, metric)})`;
  const trial = trials.find(({ option }) => option === winner);
  if (trial?.gain)
    return `${winner.name} beats ${known}, by ${gainText(trial.gain, metric)}, in folds that had no part in finding its weights`;
  const [other] = trials.toSorted((a, b) => (b.gain?.mean ?? 0) - (a.gain?.mean ?? 0));
  if (!other) return tried === 1 ? known : `${known}; no blend of several is better`;
  if (!other.gain) return `${known}; there are too few folds to judge ${other.option.name}`;
  const { mean } = other.gain;
  const verdict = mean > 0 ? 'is better by no more than chance may bring' : 'is no better';
  return `${known}; ${other.option.name} ${verdict} (${gainText(other.gain, metric)})`;
}

/** Why a simple or fast model was taken. */
export function whyPreferred(
  chosen: Option,
  preference: Exclude<Preference, 'accurate'>,
  { winner, metric, ...rest }: Compared,
): string {
  const best = whyBest({ winner, metric, ...rest });
  const [more, most] = preference === 'simple' ? ['simpler', 'simplest'] : ['faster', 'fastest'];
  const gain = gainOf(metric, winner.scores, chosen.scores);
  if (chosen === winner || !gain) return `${best}; no ${more} model is within a standard error of it`;
  return `${chosen.name} is the ${most} model within a standard error of the best: ${scoreText(chosen, metric)}, where ${winner.name} is better by ${gainText(gain, metric)}`;
}

const scoreText = ({ scores }: Option, { title, digits }: Metric) => `${title} ${meanScore(scores).toFixed(digits)}`;

const gainText = ({ mean, error }: Gain, { digits }: Metric) => `${mean.toFixed(digits)} ± ${error.toFixed(digits)}`;
