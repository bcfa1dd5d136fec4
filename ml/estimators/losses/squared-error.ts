import type { Loss } from './loss.ts';

/** Half the square, whose gradient is the residual turned around and whose hessian is 1. */
export const squaredError: Loss = {
  link: 'identity',
  value: (target, raw) => (target - raw) ** 2 / 2,
  gradient: (target, raw) => raw - target,
};
