import type { TaskKind } from '../data/task-kind.ts';
import type { Metric } from './metric.ts';

/** What there is to predict, and all that depends on it: how it is scored, shown, compared and released. */
export interface Task {
  readonly kind: TaskKind;
  /** All by which predictions are scored. */
  readonly metrics: readonly Metric[];
  /** Those of them that a leaderboard shows, in that order. */
  readonly shown: readonly Metric[];
  /** By which candidates are compared; one of `metrics`. */
  readonly objective: Metric;
  /** How far a prediction is off, typically, in the unit of the target; of numbers alone. */
  readonly typicalError?: Metric;
  /** The estimator that every other must beat, and what it does, in words. */
  readonly baseline: { readonly model: string; readonly does: string };
  readonly gate: Gate;
  /** What is known of its classes; not of numbers, nor where there are no rows. */
  readonly classes?: LearnedClasses;
}

/** What is asked of the best candidate on the held-out rows. */
export interface Gate {
  readonly metric: Metric;
  /** What is asked where nobody says; null where somebody has to. */
  readonly threshold: number | null;
  /**
   * How much worse than the release in use a model may be, in the same metric, where nobody says.
   *
   * @param threshold what is asked of it
   */
  tolerance(threshold: number): number;
  /**
   * A threshold in round numbers that a score would reach, to be named to somebody whose model did not.
   *
   * @returns null where the model is no better than nothing
   */
  lowerThreshold(score: number): number | null;
}

/** What is known of classes once there are rows to learn from: plain data, so that a release holds it. */
export interface LearnedClasses {
  /** The share of each class among the rows that are learned from, in declared order. */
  readonly shares: readonly number[];
  /** The level of interest of two, which log-odds, texts and some metrics are about; null of several. */
  readonly positive: string | null;
}
