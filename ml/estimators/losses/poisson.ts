import type { Loss } from './loss.ts';

/**
 * The negative log-likelihood of counts.
 *
 * @param caution The hessian is taken where the prediction is so much larger: steps up from small ones would be too long.
 */
export function poisson(caution: number): Loss {
  return {
    link: 'log',
    value: (target, raw) => Math.exp(raw) - target * raw,
    gradient: (target, raw) => Math.exp(raw) - target,
    hessian: (_, raw) => Math.exp(raw + caution),
  };
}
