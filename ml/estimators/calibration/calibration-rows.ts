import type { Predictions } from '../../core/predictions.ts';

/** Rows that a model has not learned from: what it said of them, and what they are. */
export interface CalibrationRows {
  /** Probabilities. */
  readonly predictions: Predictions;
  /** The index of each row's class. */
  readonly truth: Float64Array;
  /** How much each row counts. @default 1 each */
  readonly weights?: Float64Array | undefined;
}

/** Weights whose mean is 1, so that what is added to their sums counts as so many rows. */
export function meanOneWeights({ truth, weights }: CalibrationRows): Float64Array {
  if (!weights) return new Float64Array(truth.length).fill(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * weights.length) / total);
}
