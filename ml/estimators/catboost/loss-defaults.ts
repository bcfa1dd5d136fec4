import { logLoss } from '../../trees/oblivious/losses/log-loss.ts';
import type { Objective } from '../../trees/oblivious/losses/objective.ts';
import { softmaxLoss } from '../../trees/oblivious/losses/softmax.ts';
import { squaredError } from '../../trees/oblivious/losses/squared-error.ts';
import type { Bootstrap } from '../../trees/oblivious/sampling/bootstrap.ts';

/** By the logarithm of the rows, a constant, and by the logarithm of the iterations in thousands. */
type RateCoefficients = readonly [byRows: number, constant: number, byIterations: number];

/** What is learned, and what the reference’s defaults are then. */
export interface LossDefaults {
  readonly objective: Objective;
  readonly bootstrap: Exclude<Bootstrap['type'], 'Bernoulli' | 'No'>;
  readonly leafIterations: number;
  /** Of the automatic learning rate. */
  readonly rate: RateCoefficients;
  /** The same where trees past the best are cut off. */
  readonly bestModelRate: RateCoefficients;
}

/** Source: CatBoost 1.2, `SetNotSpecifiedOptionsToDefaults`, `TAutoLRParamsGuesser`. */
const forNumbers: LossDefaults = {
  objective: squaredError,
  bootstrap: 'MVS',
  leafIterations: 1,
  rate: [0.158, -4.287, -0.813],
  bestModelRate: [0.157, -4.062, -0.61],
};

const forTwoClasses: LossDefaults = {
  objective: logLoss,
  bootstrap: 'MVS',
  leafIterations: 10,
  rate: [0.427, -7.525, -0.917],
  bestModelRate: [0.247, -5.158, -0.435],
};

const forClasses = (classes: number): LossDefaults => ({
  objective: softmaxLoss(classes),
  bootstrap: 'Bayesian',
  leafIterations: 1,
  rate: [0.051, -2.889, -0.845],
  bestModelRate: [0.02, -2.364, -0.382],
});

/** @param classes undefined where targets are numbers */
export function defaultsFor(classes: number | undefined): LossDefaults {
  if (classes === undefined) return forNumbers;
  return classes === 2 ? forTwoClasses : forClasses(classes);
}
