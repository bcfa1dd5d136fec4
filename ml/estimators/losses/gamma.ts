import type { Loss } from './loss.ts';

/** In float32 at each step, as in XGBoost: where a prediction is right it is 1 to the last bit, which `min_child_weight` may ask for. */
const ratio = (target: number, raw: number) => Math.fround(target / Math.fround(Math.exp(raw)));

/** The negative log-likelihood of positive amounts whose standard deviation is proportional to their mean. */
export const gamma: Loss = {
  link: 'log',
  value: (target, raw) => raw + target * Math.exp(-raw),
  gradient: (target, raw) => 1 - ratio(target, raw),
  hessian: ratio,
};
