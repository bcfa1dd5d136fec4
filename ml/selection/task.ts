import type { TaskKind } from '../data/task-kind.ts';
import type { Metric } from './metric.ts';

/** What there is to predict, and all that depends on it: how it is scored, shown, compared and released. */
export interface Task {
  readonly kind: TaskKind;
  /** All that people are told, in that order. */
  readonly metrics: readonly Metric[];
  /** By which candidates are compared; one of `metrics`. */
  readonly objective: Metric;
  /** How far a prediction is off, typically, in the unit of the target. */
  readonly typicalError: Metric;
  /** The estimator that every other must beat, and what it does, in words. */
  readonly baseline: { readonly model: string; readonly does: string };
  readonly gate: Gate;
}

/** What is asked of the best candidate on the held-out rows. */
interface Gate {
  readonly metric: Metric;
  /** What is asked where nobody says. */
  readonly threshold: number;
  /** How much worse than the release in use a model may be, in the same metric, where nobody says. */
  readonly tolerance: number;
  /**
   * A threshold in round numbers that a score would reach, to be named to somebody whose model did not.
   *
   * @returns null where the model is no better than nothing
   */
  lowerThreshold(score: number): number | null;
}
