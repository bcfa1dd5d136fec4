// Rows of known classes, and what a model might say of them.

import type { Predictions } from '../../ml/core/predictions.ts';
import { createRandom } from '../../ml/core/random.ts';

/** Rows whose classes were drawn from these probabilities. */
export interface MadeRows {
  readonly truth: Float64Array;
  /** By which the classes were drawn. */
  readonly real: Predictions;
}

/** Random numbers about 0 with a deviation near 1. */
export function normal(seed: number): () => number {
  const { uniform } = createRandom(seed);
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
}

export function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/**
 * Draws rows of as many classes as there are offsets.
 *
 * @param spread how far the log-odds of rows lie from each other
 * @param offsets the larger, the more rows are of the class
 */
export function madeRows(rows: number, offsets: readonly number[], { seed = 1, spread = 1.5 } = {}): MadeRows {
  const draw = normal(seed);
  const { uniform } = createRandom(seed + 1000);
  const values = new Float64Array(rows * offsets.length);
  const truth = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const p = softmax(offsets.map((offset) => offset + spread * draw()));
    values.set(p, row * offsets.length);
    let left = uniform();
    let k = 0;
    while (k < p.length - 1 && left >= (p[k] as number)) left -= p[k++] as number;
    truth[row] = k;
  }
  return { truth, real: { rows, outputs: offsets.length, values } };
}

/** The same predictions, but for what becomes of each row's log-odds. */
export function turned(
  { rows, outputs, values }: Predictions,
  turn: (logarithm: number, k: number) => number,
): Predictions {
  const other = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const logs = Array.from(values.subarray(row * outputs, (row + 1) * outputs), Math.log);
    other.set(softmax(logs.map(turn)), row * outputs);
  }
  return { rows, outputs, values: other };
}

/** The mean log loss of predictions. */
export function logLossOf(truth: Float64Array, { outputs, values }: Predictions): number {
  const sum = truth.reduce((sum, k, row) => sum - Math.log(values[row * outputs + k] as number), 0);
  return sum / truth.length;
}
