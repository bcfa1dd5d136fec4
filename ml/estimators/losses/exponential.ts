import type { Loss } from './loss.ts';

/**
 * e to the margin on the wrong side, of a class that is 1 or 0: the raw prediction is half of the log-odds.
 *
 * Source: Friedman, Hastie and Tibshirani 2000, section 4.
 */
export const exponentialLoss: Loss = {
  link: 'half-logit',
  value: (target, raw) => Math.exp(target === 1 ? -raw : raw),
  gradient: (target, raw) => (target === 1 ? -Math.exp(-raw) : Math.exp(raw)),
  hessian: (target, raw) => Math.exp(target === 1 ? -raw : raw),
};
