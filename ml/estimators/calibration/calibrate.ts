import type { Predictions } from '../../core/predictions.ts';
import { type Isotonic, throughCurves } from './isotonic.ts';
import { type Sigmoid, throughSigmoid } from './sigmoid.ts';

/** How a model's probabilities become those that hold out of fold: plain data. */
export type Calibration = Sigmoid | Isotonic;

/** The probabilities that a calibration makes of others; each row sums to 1. What is not finite stays so. */
export function calibrate(calibration: Calibration, predictions: Predictions): Predictions {
  const calibrated =
    calibration.kind === 'sigmoid' ? throughSigmoid(calibration, predictions) : throughCurves(calibration, predictions);
  return normaliseRows(calibrated);
}

/** Probabilities whose rows sum to 1 to rounding, in place; numbers stay as they are. */
export function normaliseRows(predictions: Predictions): Predictions {
  const { rows, outputs, values } = predictions;
  if (outputs === 1) return predictions;
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * outputs, (row + 1) * outputs);
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += own[k] as number;
    if (sum === 1) continue;
    for (let k = 0; k < outputs; k++) own[k] = (own[k] as number) / sum;
  }
  return predictions;
}
