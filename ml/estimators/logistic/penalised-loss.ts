import { withoutCommonSteps } from './common-shift.ts';
import type { CrossEntropy } from './cross-entropy.ts';
import { curvatureAt, inverseOf, stepsWorth } from './curvature.ts';
import { type Minimum, minimise, type StoppingRule } from './quasi-newton.ts';
import { sharedInverse } from './shared-curvature.ts';

/** A mean loss and what is added for each coefficient: l1 times its size, and l2 times half its square. */
export interface PenalisedLoss {
  readonly loss: CrossEntropy;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  /** 1 for the coefficients that may be other than 0: without an intercept its are not. */
  readonly free: Uint8Array;
}

/** The slopes of all but the l1 penalty; 0 of what is not free. */
export function slopesOf({ loss, l2, free }: PenalisedLoss, at: Float64Array): Float64Array {
  const slopes = loss.gradient(at);
  for (let j = 0; j < slopes.length; j++) slopes[j] = free[j] === 1 ? slopes[j]! + l2[j]! * at[j]! : 0;
  return slopes;
}
/**
 * As far as no coefficient changes its sign, it is smooth, and so it is where coefficients that are 0 stay 0.
 *
 * @param signs of the coefficients whose size counts. @default none counts
 */
export function minimiseFace(
  { loss, l1, l2, free }: PenalisedLoss,
  start: Float64Array,
  stop: StoppingRule,
  signs?: Float64Array,
): Minimum {
  const gradient = (at: Float64Array) => {
    const slopes = slopesOf({ loss, l1, l2, free }, at);
    if (signs) for (let j = 0; j < slopes.length; j++) if (free[j] === 1) slopes[j]! += l1[j]! * signs[j]!;
    return slopes;
  };
  const curvature = (at: Float64Array) => {
    const measured = isStart(loss, at) ? undefined : curvatureAt(loss, at, l2, free);
    const multiply = measured ? inverseOf(measured) : sharedInverse(loss, at, l2, free[free.length - 1] === 1);
    // Of what classes have in common the start has the best, and the curvature of the single classes knows nothing.
    return {
      isExact: measured?.isExact === true,
      lasts: stepsWorth(loss, free),
      multiply: (slopes: Float64Array) => withoutCommonSteps(multiply(slopes), loss.outputs, free),
    };
  };
  return minimise({ gradient, curvature }, start, stop);
}
/** Whether all coefficients of several classes are 0 but the intercepts, so that all rows have the same probabilities. */
function isStart({ outputs }: CrossEntropy, at: Float64Array): boolean {
  return outputs > 1 && at.subarray(0, at.length - outputs).every((coefficient) => coefficient === 0);
}
