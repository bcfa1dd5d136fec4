// Metrics of the most probable class, of several that are equally probable the first.
//
// Source: scikit-learn 1.9, `accuracy_score`, `balanced_accuracy_score` and `f1_score` with average='macro'.

import { confusionOf } from '../../core/confusion.ts';
import { largestSize, meanOf, unitOf } from '../../core/moments.ts';
import { mostProbable } from '../../core/most-probable.ts';
import type { Metric } from '../metric.ts';

/** What a class came to, in weights of rows. */
interface Outcome {
  /** Rows that are of the class. */
  readonly true: number;
  /** Rows that were taken for it. */
  readonly predicted: number;
  /** Rows that are both. */
  readonly right: number;
}

/** The share of rows that are of the most probable class. */
export const accuracy = decisionMetric('accuracy', 'accuracy', (outcomes) => {
  const sumOf = (pick: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  return sumOf(({ right }) => right) / sumOf((outcome) => outcome.true);
});

/** The share of a class's rows that were found, on average over the classes that have rows. */
export const balancedAccuracy = decisionMetric('balanced_accuracy', 'balanced accuracy', (outcomes) =>
  averageOf(outcomes.filter((outcome) => outcome.true > 0).map((outcome) => outcome.right / outcome.true)),
);

/**
 * The harmonic mean of a class's precision and recall, on average over the classes (macro), two or more: those that have rows or were
 * taken for some.
 */
export const f1 = decisionMetric('f1', 'F1 (macro)', (outcomes) =>
  averageOf(
    outcomes
      .map((outcome) => ({ ...outcome, both: outcome.true + outcome.predicted }))
      .filter(({ both }) => both > 0)
      .map(({ right, both }) => (2 * right) / both),
  ),
);

const averageOf = (values: readonly number[]) => meanOf(Float64Array.from(values));

function decisionMetric(name: string, title: string, of: (outcomes: readonly Outcome[]) => number): Metric {
  return {
    name,
    title,
    direction: 'higher',
    unit: 'none',
    best: 1,
    digits: 4,
    compute(truth, predictions, weights) {
      const { outputs } = predictions;
      const unit = weights && unitOf(largestSize(weights));
      const scaled = unit === undefined || unit === 1 ? weights : weights?.map((weight) => weight * unit);
      const { counts } = confusionOf(truth, mostProbable(predictions), outputs, scaled);
      return of(outcomesOf(counts, outputs));
    },
  };
}

function outcomesOf(counts: Float64Array, classes: number): Outcome[] {
  const all = Array.from({ length: classes }, (_, k) => k);
  const count = (truth: number, predicted: number) => counts[truth * classes + predicted] as number;
  return all.map((k) => ({
    true: all.reduce((sum, other) => sum + count(k, other), 0),
    predicted: all.reduce((sum, other) => sum + count(other, k), 0),
    right: count(k, k),
  }));
}
