import type { Loss } from './loss.ts';

const { fround } = Math;
const square = (value: number) => fround(value * value);

/**
 * Squares of small errors, and about `slope` times the size of large ones, with a smooth passage. In float32 at each step,
 * as in XGBoost: of small errors the hessian is then 1 to the last bit, which `min_child_weight` may ask for.
 */
export function pseudoHuberError(slope: number): Loss {
  const squaredSlope = square(slope);
  const root = (error: number) => fround(Math.sqrt(fround(1 + fround(square(error) / squaredSlope))));
  return {
    link: 'identity',
    value: (target, raw) => squaredSlope * (root(fround(raw - target)) - 1),
    gradient: (target, raw) => fround(raw - target) / root(fround(raw - target)),
    hessian: (target, raw) => {
      const error = fround(raw - target);
      return squaredSlope / fround(fround(squaredSlope + square(error)) * root(error));
    },
  };
}
