import type { Loss } from './loss.ts';

/**
 * The negative log-likelihood of amounts many of which are 0, whose variance is proportional to a power of their mean.
 *
 * @param power from 1 to below 2
 */
export function tweedie(power: number): Loss {
  const [first, second] = [1 - power, 2 - power];
  // At 1 it is Poisson's, where the first term is a logarithm.
  const ofTarget = first === 0 ? (raw: number) => raw : (raw: number) => Math.exp(first * raw) / first;
  return {
    link: 'log',
    value: (target, raw) => Math.exp(second * raw) / second - target * ofTarget(raw),
    gradient: (target, raw) => Math.exp(second * raw) - target * Math.exp(first * raw),
    hessian: (target, raw) => second * Math.exp(second * raw) - first * target * Math.exp(first * raw),
  };
}
