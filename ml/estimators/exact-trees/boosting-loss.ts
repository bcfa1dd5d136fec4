import { absoluteError } from '../losses/absolute-error.ts';
import { huberError } from '../losses/huber-error.ts';
import type { Loss } from '../losses/loss.ts';
import { quantileError } from '../losses/quantile-error.ts';
import { squaredError } from '../losses/squared-error.ts';

/** Targets or residuals of some rows, and how much each counts. */
interface Weighted {
  readonly values: Float64Array;
  /** At least 0, not all 0. @default 1 each */
  readonly weights?: Float64Array | undefined;
}

/** What gradient boosting lessens, as a function of the residuals: the targets less the predictions. */
export interface BoostingLoss {
  /** The constant that all predictions start from. */
  initial(targets: Weighted): number;
  /** Looks at all residuals before a tree is grown on their gradients. */
  prepare(residuals: Weighted): void;
  /** Where a prediction should go: the negative gradient. */
  gradient(residual: number): number;
  /** What is best added to the predictions of some rows. */
  leafValue(residuals: Weighted): number;
  /** The mean loss. */
  mean(residuals: Weighted): number;
}

export type LossName = 'squared_error' | 'absolute_error' | 'huber' | 'quantile';

/**
 * The losses of gradient boosting.
 *
 * Source: Friedman 2001, algorithms 2 to 4; scikit-learn 1.9, `_loss/loss.py` and `_weighted_percentile`.
 *
 * @param alpha the quantile of `huber` and `quantile`
 */
export function boostingLoss(name: LossName, alpha: number): BoostingLoss {
  return {
    squared_error: squared,
    absolute_error: absolute,
    huber: () => huber(alpha),
    quantile: () => pinball(alpha),
  }[name]();
}

function squared(): BoostingLoss {
  return {
    initial: mean,
    prepare: () => {},
    gradient: negativeGradient(squaredError),
    leafValue: mean,
    mean: (residuals) => 2 * meanOf(residuals, lossOf(squaredError)),
  };
}

const absolute = () => byQuantile(absoluteError, 0.5);
const pinball = (alpha: number) => byQuantile(quantileError(alpha), alpha);

/** A loss that a quantile makes smallest. At its kink the reference takes the slope of larger residuals. */
function byQuantile(loss: Loss, share: number): BoostingLoss {
  const slope = negativeGradient(loss);
  return {
    initial: (targets) => initialQuantile(targets, share),
    prepare: () => {},
    gradient: (residual) => slope(residual >= 0 ? 1 : -1),
    leafValue: (residuals) => quantileOf(residuals, share),
    mean: (residuals) => meanOf(residuals, lossOf(loss)),
  };
}

/** Squares up to a quantile of the absolute residuals; beyond it a line. */
function huber(alpha: number): BoostingLoss {
  let loss = huberError(0);
  return {
    initial: (targets) => initialQuantile(targets, 0.5),
    prepare: ({ values, weights }) => {
      loss = huberError(quantileOf({ values: values.map(Math.abs), weights }, alpha));
    },
    gradient: (residual) => negativeGradient(loss)(residual),
    leafValue: (residuals) => {
      const median = quantileOf(residuals, 0.5);
      return median + meanOf(residuals, (residual) => -loss.gradient(residual, median));
    },
    mean: (residuals) => meanOf(residuals, lossOf(loss)),
  };
}

const negativeGradient =
  ({ gradient }: Loss) =>
  (residual: number) =>
    -gradient(residual, 0);

const lossOf =
  ({ value }: Loss) =>
  (residual: number) =>
    value(residual, 0);

const meanOf = ({ values, weights }: Weighted, each: (value: number) => number) =>
  mean({ values: values.map(each), weights });

function mean({ values, weights }: Weighted): number {
  let sum = 0;
  if (!weights) {
    for (let i = 0; i < values.length; i++) sum += values[i]!;
    return sum / values.length;
  }
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  return sum / total;
}

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
