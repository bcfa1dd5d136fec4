/** What gradient boosting lessens, as a function of the residuals: the targets less the predictions. */
export interface BoostingLoss {
  /** The constant that all predictions start from. */
  initial(y: Float64Array): number;
  /** Looks at all residuals before a tree is grown on their gradients. */
  prepare(residuals: Float64Array): void;
  /** Where a prediction should go: the gradient, turned downhill. */
  gradient(residual: number): number;
  /** What is best added to the predictions of some rows. */
  leafValue(residuals: Float64Array): number;
  /** The mean loss. */
  mean(residuals: Float64Array): number;
}

export type LossName = 'squared_error' | 'absolute_error' | 'huber' | 'quantile';

/**
 * The losses of gradient boosting.
 *
 * Source: Friedman 2001, algorithms 2 to 4; scikit-learn 1.9, `_loss/loss.py`.
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
    gradient: (residual) => residual,
    leafValue: mean,
    mean: (residuals) => mean(residuals.map((residual) => residual * residual)),
  };
}

function absolute(): BoostingLoss {
  return {
    initial: (y) => interpolatedQuantile(y, 0.5),
    prepare: () => {},
    gradient: (residual) => (residual >= 0 ? 1 : -1),
    leafValue: (residuals) => quantileOf(residuals, 0.5),
    mean: (residuals) => mean(residuals.map(Math.abs)),
  };
}

/** Squares up to `delta`, a quantile of the absolute residuals; beyond it a line. */
function huber(alpha: number): BoostingLoss {
  let delta = 0;
  const clipped = (residual: number) => Math.max(-delta, Math.min(delta, residual));
  return {
    initial: (y) => interpolatedQuantile(y, 0.5),
    prepare: (residuals) => {
      delta = quantileOf(residuals.map(Math.abs), alpha);
    },
    gradient: clipped,
    leafValue: (residuals) => {
      const median = quantileOf(residuals, 0.5);
      return median + mean(residuals.map((residual) => clipped(residual - median)));
    },
    mean: (residuals) =>
      mean(
        residuals.map((residual) => {
          const size = Math.abs(residual);
          return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
        }),
      ),
  };
}

function pinball(alpha: number): BoostingLoss {
  return {
    initial: (y) => interpolatedQuantile(y, alpha),
    prepare: () => {},
    gradient: (residual) => (residual >= 0 ? alpha : alpha - 1),
    leafValue: (residuals) => quantileOf(residuals, alpha),
    mean: (residuals) => mean(residuals.map((residual) => residual * (residual >= 0 ? alpha : alpha - 1))),
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The least value that at least a share of the values is not above. */
function quantileOf(values: Float64Array, share: number): number {
  return values.toSorted()[Math.max(0, Math.ceil(share * values.length) - 1)]!;
}

/** The same, but between two values where the share falls between them: the reference begins with it, and goes on with the other. */
function interpolatedQuantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const lower = sorted[below]!;
  return lower + (at - below) * ((sorted[below + 1] ?? lower) - lower);
}
