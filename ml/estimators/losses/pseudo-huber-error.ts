import type { Loss } from './loss.ts';

/** Squares of small errors, and about `slope` times the size of large ones, with a smooth passage. */
export function pseudoHuberError(slope: number): Loss {
  const root = (error: number) => Math.sqrt(1 + (error / slope) ** 2);
  return {
    link: 'identity',
    value: (target, raw) => slope ** 2 * (root(raw - target) - 1),
    gradient: (target, raw) => (raw - target) / root(raw - target),
    hessian: (target, raw) => root(raw - target) ** -3,
  };
}
