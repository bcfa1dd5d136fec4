import type { Predictions } from '../../ml/core/predictions.ts';

/** The mean log loss of probabilities. */
export function meanLogLoss(y: Float64Array, { outputs, values }: Predictions): number {
  const losses = y.map((k, i) => -Math.log(Math.max(values[i * outputs + k] as number, Number.EPSILON)));
  return losses.reduce((sum, loss) => sum + loss, 0) / y.length;
}
