/** How leaves are regularised, and which are allowed. */
export interface LeafRules {
  /** L1 and L2 regularisation of leaf values. */
  readonly alpha: number;
  readonly lambda: number;
  /** The smallest hessian of a child. */
  readonly minChildWeight: number;
  /** The largest size of a leaf's value, before the learning rate; 0 for no limit. */
  readonly maxDeltaStep: number;
}

/**
 * The value of a leaf: Newton's step. It is 0 of one that is too light, which only a root can be.
 *
 * Source: Chen and Guestrin 2016, equation 5, with L1 and the limit as XGBoost has them.
 */
export function leafValue(gradient: number, hessian: number, rules: LeafRules): number {
  const { alpha, lambda, minChildWeight, maxDeltaStep } = rules;
  if (hessian <= 0 || hessian < minChildWeight) return 0;
  const step = shrunk(-gradient, alpha) / (hessian + lambda);
  return Math.fround(maxDeltaStep === 0 ? step : Math.max(-maxDeltaStep, Math.min(maxDeltaStep, step)));
}

/** Twice what a leaf with these sums takes off the loss; divided as float32, so that ties are the reference's. */
export function leafScore(gradient: number, hessian: number, alpha: number, lambda: number): number {
  const rest = shrunk(gradient, alpha);
  return Math.fround(Math.fround(rest * rest) / Math.fround(hessian + lambda));
}

/** The same of a leaf whose value is not Newton's step: in float32 throughout, and without L1, as in the reference. */
export function leafScoreAt(value: number, gradient: number, hessian: number, lambda: number): number {
  if (hessian <= 0) return 0;
  const linear = Math.fround(Math.fround(2 * Math.fround(gradient)) * value);
  const square = Math.fround(Math.fround(Math.fround(hessian) + lambda) * Math.fround(value * value));
  return -Math.fround(linear + square);
}

function shrunk(gradient: number, alpha: number): number {
  // Mostly; it spares a comparison by sign, which is mispredicted half of the time.
  if (alpha === 0) return gradient;
  return gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
}
