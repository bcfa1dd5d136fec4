import type { Predictions } from '../../core/predictions.ts';
import { rangeOf } from '../../data/range.ts';
import type { Metric } from '../metric.ts';
import type { Complexity } from './complexity.ts';

/** How models are compared. */
export interface Comparison {
  readonly metric: Metric;
  /** How often the folds hold a row: what they say of the same rows is not as much as of others. @default 1 */
  readonly repeats?: number | undefined;
}

/** What there is to choose a model by: what each candidate's fits predict of rows that they have not learned from. */
export interface Evidence extends Comparison {
  readonly folds: readonly FoldEvidence[];
  /** At least one. Of those that are even in all, the first is taken. */
  readonly candidates: readonly CandidateEvidence[];
}

/** The rows that a fold holds. */
export interface FoldEvidence {
  readonly truth: Float64Array;
  /** How much each row counts. @default 1 each */
  readonly weights?: Float64Array | undefined;
  /** The folds by whose rows weights may be found that are scored on this one: see `sourcesOf`. */
  readonly sources: readonly number[];
}

export interface CandidateEvidence {
  /** What people call it: "catboost". */
  readonly name: string;
  readonly complexity: Complexity;
  /** What the prediction of a row takes. */
  readonly predictSeconds: number;
  /** Of the rows that each fold holds. */
  readonly predictions: readonly Predictions[];
  /** The metric in each fold. */
  readonly scores: readonly number[];
}

/** A weighted sum of the candidates' predictions. */
export interface Combination {
  readonly intercept: number;
  /** One a candidate; most are 0. */
  readonly weights: Float64Array;
}

/** What a combination predicts of the rows of a fold. */
export function combine({ intercept, weights }: Combination, { candidates }: Evidence, fold: number): Predictions {
  const { rows, outputs } = (candidates[0] as CandidateEvidence).predictions[fold] as Predictions;
  const values = new Float64Array(rows * outputs).fill(intercept);
  candidates.forEach(({ predictions }, j) => {
    const weight = weights[j] as number;
    if (weight === 0) return;
    const own = (predictions[fold] as Predictions).values;
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + weight * (own[i] as number);
  });
  return { rows, outputs, values };
}

/** Predictions that lie so many times as far off as targets do from each other belong to no model that is of use. */
const FAR = 1e6;

/** Whether all that a candidate predicts is near the targets, so that sums of squared errors keep the digits of the others'. */
export function isNear({ folds, candidates }: Evidence, candidate: number): boolean {
  const { predictions } = candidates[candidate] as CandidateEvidence;
  // No probability is far from another.
  if (predictions.some(({ outputs }) => outputs > 1)) return true;
  const ranges = folds.map(({ truth }) => rangeOf(truth));
  const min = Math.min(...ranges.map((range) => range.min));
  const max = Math.max(...ranges.map((range) => range.max));
  const reach = FAR * (max - min);
  return predictions.every(({ values }) => values.every((value) => value >= min - reach && value <= max + reach));
}

/** One candidate alone. */
export function single(candidate: number, { candidates }: Evidence): Combination {
  const weights = new Float64Array(candidates.length);
  weights[candidate] = 1;
  return { intercept: 0, weights };
}

/** The candidates that count in a combination, by their places, those with the largest weights first. */
export function membersOf({ weights }: Combination): number[] {
  const size = (j: number) => Math.abs(weights[j] as number);
  return [...weights.keys()].filter((j) => weights[j] !== 0).sort((a, b) => size(b) - size(a) || a - b);
}
