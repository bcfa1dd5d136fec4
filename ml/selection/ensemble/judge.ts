import type { Predictions } from '../../core/predictions.ts';
import { isBetter } from '../metric.ts';
import { type Combination, type Comparison, combine, type Evidence } from './evidence.ts';

/** Finds a combination by the rows of some folds. */
export type Learner = (folds: readonly number[]) => Combination;

/** A combination, and what one that was found without a fold scores in it. */
export interface JudgedCombination {
  /** Found by all folds. */
  readonly combination: Combination;
  /** The metric in each fold; undefined where there is no fold to find a combination by. */
  readonly scores: readonly (number | undefined)[];
  /** The predictions that were scored. */
  readonly predictions: readonly (Predictions | undefined)[];
}

/** Finds a combination by all folds, and scores the way it is found: in each fold by its sources alone. */
export function judgeLearner(learn: Learner, evidence: Evidence): JudgedCombination {
  const predictions = evidence.folds.map(({ sources }, fold) =>
    sources.length === 0 ? undefined : combine(learn(sources), evidence, fold),
  );
  return {
    combination: learn([...evidence.folds.keys()]),
    scores: scoresOf(predictions, evidence),
    predictions,
  };
}

function scoresOf(predictions: readonly (Predictions | undefined)[], { metric, folds }: Evidence) {
  return folds.map(({ truth, weights }, fold) => {
    const predicted = predictions[fold];
    return predicted && metric.compute(truth, predicted, weights);
  });
}

/** How much better something scores than something else, in the folds where both have a score. */
export interface Gain {
  /** Above 0 where it is better, whichever way the metric goes. */
  readonly mean: number;
  /** The standard error of the mean, by how the differences vary from fold to fold; of those of one repeat. */
  readonly error: number;
}

/** Undefined where fewer than two folds have scores of both: what one fold says may be chance. */
export function gainOf(
  { metric: { direction }, repeats = 1 }: Comparison,
  scores: readonly (number | undefined)[],
  others: readonly (number | undefined)[],
): Gain | undefined {
  const sign = direction === 'higher' ? 1 : -1;
  const gains = scores.flatMap((score, fold) => {
    const other = others[fold];
    return score === undefined || other === undefined ? [] : [sign * (score - other)];
  });
  const { length } = gains;
  if (length < 2) return undefined;
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / length;
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
  return { mean, error: Math.sqrt((repeats * squares) / (length - 1) / length) };
}

/** Whether a gain is more than chance is likely to bring: more than so many of its standard errors. */
export const isClear = (gain: Gain | undefined, errors = 1): gain is Gain =>
  gain !== undefined && gain.mean > errors * gain.error;

/** The candidate that scores best over some folds; of even ones the first. */
export function bestCandidate({ candidates, metric }: Evidence, folds: readonly number[]): number {
  let best = { candidate: 0, score: Number.NaN };
  for (const [candidate, { scores }] of candidates.entries()) {
    const score = folds.reduce((sum, fold) => sum + (scores[fold] as number), 0) / folds.length;
    if (Number.isNaN(best.score) ? !Number.isNaN(score) : isBetter(metric, score, best.score))
      best = { candidate, score };
  }
  return best.candidate;
}
