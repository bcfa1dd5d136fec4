import type { Matrix } from '../../../../ml/core/matrix.ts';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { createRandom } from '../../../../ml/core/random.ts';

export interface ClassRows {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly classes: number;
}

/** Rows of three columns, of which two tell the class, but for a share of the rows that have any. */
export function drawClasses(rows: number, classes: number, seed: number, noise = 0.2): ClassRows {
  const random = createRandom(seed);
  const x: Matrix = { rows, columns: 3, data: Float64Array.from({ length: 3 * rows }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const known = ((x.data[3 * i] as number) + (x.data[3 * i + 1] as number)) / 2;
    return random.uniform() < noise ? random.below(classes) : Math.min(classes - 1, Math.floor(classes * known));
  });
  return { x, y, classes };
}

/** The mean log loss of probabilities, none of which counts as less than 1e-15. */
export function logLossOf({ outputs, values }: Predictions, y: Float64Array): number {
  const losses = y.map((k, i) => -Math.log(Math.max(1e-15, values[i * outputs + k] as number)));
  return losses.reduce((sum, loss) => sum + loss, 0) / y.length;
}

/** Each row's probabilities. */
export const rowsOf = ({ rows, outputs, values }: Predictions): number[][] =>
  Array.from({ length: rows }, (_, i) => [...values.subarray(i * outputs, (i + 1) * outputs)]);

/** The share of the rows whose likeliest class is their own. */
export function accuracyOf(predictions: Predictions, y: Float64Array): number {
  const right = rowsOf(predictions).filter((row, i) => row.indexOf(Math.max(...row)) === y[i]);
  return right.length / y.length;
}
