import type { Predictions } from '../../core/predictions.ts';
import { logistic } from '../losses/log-loss.ts';
import { softmaxRows } from '../losses/softmax.ts';

/**
 * The probabilities of the classes by the raw predictions of rows (rows × outputs, row-major), which are overwritten: of one output,
 * the log-odds of the second of two classes; else of an output for each class.
 */
export function probabilities(raw: Float64Array, outputs: number): Predictions {
  const rows = raw.length / outputs;
  if (outputs > 1) return { rows, outputs, values: softmaxRows(raw, outputs) };
  const values = new Float64Array(2 * rows);
  // Each of its own log-odds, so that a small one loses no digits.
  for (let i = 0; i < rows; i++) {
    values[2 * i] = logistic(-raw[i]!);
    values[2 * i + 1] = logistic(raw[i]!);
  }
  return { rows, outputs: 2, values };
}
