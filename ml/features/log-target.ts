import { logShift } from './log-shift.ts';

/** The name of the recipe by which an estimator learns the logarithm of the target. */
export const LOG_TARGET = 'log_target';

/** Its exponential is still a number. */
const LARGEST = 700;

/** How a target becomes what an estimator learns, log(target + shift), and how predictions become targets again. */
export type LogTarget = {
  readonly shift: number;
  /** The logarithms that were learned from, and a standard deviation to both sides: no prediction is outside. */
  readonly lowest: number;
  readonly highest: number;
  /** By which the exponential of a prediction is multiplied: the mean of a skewed target is above what the mean logarithm says. */
  readonly factor: number;
};

/**
 * Learns how to take the logarithm of targets; null where they are not skewed to the right, or some are below 0.
 *
 * @returns the factor is 1 until `withoutBias` says better
 */
export function fitLogTarget(y: Float64Array, weights: Float64Array | undefined): LogTarget | null {
  const shift = logShift(y, weights);
  if (shift === null) return null;
  let [least, most, sum, squares, total] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    const value = Math.log((y[i] as number) + shift);
    least = Math.min(least, value);
    most = Math.max(most, value);
    total += 1;
    sum += value;
    squares += value * value;
  }
  const deviation = Math.sqrt(Math.max(0, squares / total - (sum / total) ** 2));
  return { shift, lowest: least - deviation, highest: Math.min(most + deviation, LARGEST), factor: 1 };
}

/** Targets as an estimator learns them; what lies below those that were learned from is taken for the lowest. */
export function toLogarithms({ shift, lowest }: LogTarget, y: Float64Array): Float64Array {
  return y.map((value) => (value + shift > 0 ? Math.max(lowest, Math.log(value + shift)) : lowest));
}

/** What an estimator predicts, as targets: of logarithms at least 0; what is NaN stays so. */
export function asTargets(target: LogTarget | null, predictions: Float64Array): Float64Array {
  if (target === null) return predictions;
  const { shift, lowest, highest, factor } = target;
  return predictions.map((value) => {
    const logarithm = Math.min(highest, Math.max(lowest, value));
    return Math.max(0, factor * Math.exp(logarithm) - shift);
  });
}
