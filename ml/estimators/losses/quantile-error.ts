import type { Loss } from './loss.ts';

/**
 * The pinball loss, which the `alpha` quantile makes smallest; leaves are set by it.
 *
 * Source: Koenker and Bassett 1978.
 */
export function quantileError(alpha: number): Loss {
  return {
    link: 'identity',
    value: (target, raw) => (target >= raw ? alpha * (target - raw) : (1 - alpha) * (raw - target)),
    gradient: (target, raw) => (raw >= target ? 1 - alpha : -alpha),
  };
}
