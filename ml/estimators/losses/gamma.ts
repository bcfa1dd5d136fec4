import type { Loss } from './loss.ts';

/** The negative log-likelihood of positive amounts whose standard deviation is proportional to their mean. */
export const gamma: Loss = {
  link: 'log',
  value: (target, raw) => raw + target * Math.exp(-raw),
  gradient: (target, raw) => 1 - target * Math.exp(-raw),
  hessian: (target, raw) => target * Math.exp(-raw),
};
