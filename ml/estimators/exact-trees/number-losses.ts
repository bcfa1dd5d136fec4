import { absoluteError } from '../losses/absolute-error.ts';
import { huberError } from '../losses/huber-error.ts';
import type { Loss } from '../losses/loss.ts';
import { quantileError } from '../losses/quantile-error.ts';
import { squaredError } from '../losses/squared-error.ts';
import { type BoostingLoss, type Weighted, weightedMean } from './boosting-loss.ts';

export type NumberLossName = 'squared_error' | 'absolute_error' | 'huber' | 'quantile';

/**
 * The losses of gradient boosting, of targets that are numbers.
 *
 * Source: Friedman 2001, algorithms 2 to 4; scikit-learn 1.9, `_loss/loss.py` and `_weighted_percentile`.
 *
 * @param alpha the quantile of `huber` and `quantile`
 */
export function numberLoss(name: NumberLossName, alpha: number): BoostingLoss {
  return {
    squared_error: squared,
    absolute_error: absolute,
    huber: () => huber(alpha),
    quantile: () => pinball(alpha),
  }[name]();
}

function squared(): BoostingLoss {
  return {
    initial: (targets) => [weightedMean(targets)],
    setResiduals,
    isMean: true,
    leafValue: weightedMean,
    mean: (targets, raw) => 2 * meanOf(targets, raw, lossOf(squaredError)),
  };
}

const absolute = () => byQuantile(absoluteError, 0.5);
const pinball = (alpha: number) => byQuantile(quantileError(alpha), alpha);

/** A loss that a quantile makes smallest. At its kink the reference takes the slope of larger residuals. */
function byQuantile(loss: Loss, share: number): BoostingLoss {
  const slope = negativeGradient(loss);
  return {
    initial: (targets) => [initialQuantile(targets, share)],
    setResiduals,
    gradient: (residual) => slope(residual >= 0 ? 1 : -1),
    leafValue: (residuals) => quantileOf(residuals, share),
    mean: (targets, raw) => meanOf(targets, raw, lossOf(loss)),
  };
}

/** Squares up to a quantile of the absolute residuals; beyond it a line. */
function huber(alpha: number): BoostingLoss {
  let loss = huberError(0);
  return {
    initial: (targets) => [initialQuantile(targets, 0.5)],
    setResiduals,
    prepare: ({ values, weights }) => {
      loss = huberError(quantileOf({ values: values.map(Math.abs), weights }, alpha));
    },
    gradient: (residual) => negativeGradient(loss)(residual),
    leafValue: (residuals) => {
      const median = quantileOf(residuals, 0.5);
      const { values, weights } = residuals;
      return median + weightedMean({ values: values.map((residual) => -loss.gradient(residual, median)), weights });
    },
    mean: (targets, raw) => meanOf(targets, raw, lossOf(loss)),
  };
}

function setResiduals(
  targets: Float64Array,
  [raw]: readonly Float64Array[],
  [residuals]: readonly Float64Array[],
): void {
  for (let i = 0; i < targets.length; i++) residuals![i] = targets[i]! - raw![i]!;
}

const negativeGradient =
  ({ gradient }: Loss) =>
  (residual: number) =>
    -gradient(residual, 0);

const lossOf =
  ({ value }: Loss) =>
  (residual: number) =>
    value(residual, 0);

const meanOf = (
  { values, weights }: Weighted,
  [raw]: readonly Float64Array[],
  loss: (residual: number) => number,
): number => weightedMean({ values: values.map((target, i) => loss(target - raw![i]!)), weights });

/** The smallest value that at least a share of the values, by weight, is not above. */
function quantileOf({ values, weights }: Weighted, share: number): number {
  if (!weights) return values.toSorted()[Math.max(0, Math.ceil(share * values.length) - 1)]!;
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const reached = new Float64Array(order.length);
  let sum = 0;
  for (let k = 0; k < order.length; k++) reached[k] = sum += weights[order[k]!]!;
  const first = reached.findIndex((weight) => weight >= share * sum);
  return values[order[first]!]!;
}

/**
 * The quantile to start from: without weights it lies between two values where the share falls between them. With
 * weights the reference takes the lower one.
 */
function initialQuantile(targets: Weighted, share: number): number {
  if (targets.weights) return quantileOf(targets, share);
  const sorted = targets.values.toSorted();
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const lower = sorted[below]!;
  return lower + (at - below) * ((sorted[below + 1] ?? lower) - lower);
}
