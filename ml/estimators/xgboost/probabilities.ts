import type { Predictions } from '../../core/predictions.ts';

/**
 * The probabilities of the classes by the raw predictions of rows (rows × outputs, row-major): of one output, the log-odds of the
 * second of two classes; else of an output for each class.
 */
export function probabilities(raw: Float64Array, outputs: number): Predictions {
  const rows = raw.length / outputs;
  const classes = Math.max(2, outputs);
  const values = new Float64Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    if (outputs === 1) {
      values[2 * i] = 1 / (1 + Math.exp(raw[i]!));
      values[2 * i + 1] = 1 / (1 + Math.exp(-raw[i]!));
    } else writeSoftmax(raw.subarray(i * outputs, (i + 1) * outputs), values.subarray(i * outputs, (i + 1) * outputs));
  }
  return { rows, outputs: classes, values };
}

function writeSoftmax(raw: Float64Array, into: Float64Array): void {
  let most = -Infinity;
  for (const value of raw) most = Math.max(most, value);
  let sum = 0;
  for (let k = 0; k < raw.length; k++) {
    into[k] = Math.exp(raw[k]! - most);
    sum += into[k]!;
  }
  for (let k = 0; k < raw.length; k++) into[k]! /= sum;
}
