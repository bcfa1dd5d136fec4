import { ofOwnClass } from '../core/own-class.ts';
import type { Predictions } from '../core/predictions.ts';

/** A probability of 0 counts as this one, so that a single row does not make a loss infinite. */
const SMALLEST = Number.EPSILON;

/** Of each row minus the logarithm of the probability of its class. */
export const logLosses = (truth: Float64Array, predictions: Predictions): Float64Array =>
  ofOwnClass(truth, predictions).map((p) => -Math.log(Math.max(SMALLEST, p)));
