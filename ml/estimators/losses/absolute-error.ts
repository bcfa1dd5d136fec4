import type { Loss } from './loss.ts';

/** The distance. It has no curvature: leaves are set by medians, where gradients have chosen the splits. */
export const absoluteError: Loss = {
  link: 'identity',
  value: (target, raw) => Math.abs(target - raw),
  gradient: (target, raw) => Math.sign(raw - target),
};
