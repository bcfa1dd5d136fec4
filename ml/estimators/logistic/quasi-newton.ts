/** A smooth convex function, of which a solver needs the slopes, and something like the curvature. */
export interface SmoothFunction {
  gradient(at: Float64Array): Float64Array;
  curvature(at: Float64Array): ApproximateInverse;
}

/** About the inverse of the second derivatives at a place. */
export interface ApproximateInverse {
  /** Whether it is that inverse. */
  readonly isExact: boolean;
  multiply(slopes: Float64Array): Float64Array;
}

export interface StoppingRule {
  /** The length of the next step, measured by the curvature, that is short enough. */
  readonly step: number;
  /** The largest slope that is small enough. */
  readonly slope: number;
  readonly maxSteps: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly isConverged: boolean;
}

/** How many steps are remembered. */
const MEMORY = 10;
/**
 * The curvature is measured anew where a step leaves more than this share of the way; where it is not exact, only once the steps before
 * are forgotten, since they know more of it than another measurement would.
 */
const SLOW = 0.15;

interface Step {
  readonly by: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

/**
 * The minimum of a smooth convex function by Newton's method, whose curvature is not measured at every step, nor exactly: what it
 * lacks is learned from the last steps (L-BFGS). Only slopes decide, since values have too few digits near the minimum.
 *
 * Source: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 7.5.
 */
export function minimise(smooth: SmoothFunction, start: Float64Array, stop: StoppingRule): Minimum {
  let point = start;
  let gradient = smooth.gradient(point);
  let curvature = smooth.curvature(point);
  /** How many steps were taken since it was measured. */
  let age = 0;
  let steps: Step[] = [];
  let before = Infinity;
  let stalled = 0;
  for (let count = 0; ; count++) {
    stop.signal?.throwIfAborted();
    let direction = directionOf(gradient, steps, curvature);
    let slope = product(gradient, direction);
    if (age >= (curvature.isExact ? 1 : MEMORY) && !(-slope <= SLOW ** 2 * before)) {
      curvature = smooth.curvature(point);
      age = 0;
      if (curvature.isExact) steps = [];
      direction = directionOf(gradient, steps, curvature);
      slope = product(gradient, direction);
    }
    if (!(-slope > stop.step ** 2) || largestOf(gradient) <= stop.slope) return { point, isConverged: true };
    // Steps become shorter by as much each time, or more: what this one leaves need not be looked at.
    if (-slope * Math.min(-slope / before, 1) <= stop.step ** 2 && before < CLOSE)
      return { point: point.map((value, j) => value + direction[j]!), isConverged: true };
    if (count === stop.maxSteps) return { point, isConverged: false };
    // Rounding has the last word.
    stalled = -slope < ROUNDING && !(-slope < before / 2) ? stalled + 1 : 0;
    const next = stalled === PATIENCE ? null : search(smooth, point, direction, slope);
    if (next === null) return { point, isConverged: -slope < ROUNDING };
    const by = next.point.map((value, j) => value - point[j]!);
    const change = next.gradient.map((value, j) => value - gradient[j]!);
    const bend = product(by, change);
    if (bend > 0) steps = [...steps, { by, change, product: bend }].slice(-MEMORY);
    ({ point, gradient } = next);
    before = -slope;
    age += 1;
  }
}

/** The square of a step from which on they become shorter by as much each time. */
const CLOSE = 1e-4;
/** The square of a step that is as good as none. */
const ROUNDING = 1e-14;
/** How many such steps in a row may be no shorter than half of the one before. */
const PATIENCE = 3;

/** Downhill, by the curvature and what the last steps taught of it. */
function directionOf(gradient: Float64Array, steps: readonly Step[], curvature: ApproximateInverse): Float64Array {
  const rest = gradient.slice();
  const shares = steps.toReversed().map(({ by, change, product: bend }) => {
    const share = product(by, rest) / bend;
    for (let j = 0; j < rest.length; j++) rest[j]! -= share * change[j]!;
    return share;
  });
  const direction = curvature.multiply(rest);
  shares.reverse().forEach((share, i) => {
    const { by, change, product: bend } = steps[i]!;
    const missing = share - product(change, direction) / bend;
    for (let j = 0; j < direction.length; j++) direction[j]! += missing * by[j]!;
  });
  return direction.map((value) => -value);
}

/** Steps at which the slope along the direction has turned by less than this share of what it was are short enough. */
const TURNED = 0.5;
const MAX_TRIES = 40;

/**
 * How far to go: all of the way, unless it leads uphill again; then to where the slope is 0, by the secant. A convex function has
 * become smaller wherever its slope still points down.
 */
function search(smooth: SmoothFunction, point: Float64Array, direction: Float64Array, slope: number) {
  let share = 1;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const next = point.map((value, j) => value + share * direction[j]!);
    const gradient = smooth.gradient(next);
    const after = product(gradient, direction);
    if (Number.isFinite(after) && after <= -TURNED * slope) return { point: next, gradient };
    share *= Number.isFinite(after) ? Math.max(slope / (slope - after), 0.1) : 0.1;
  }
  return null;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

const largestOf = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
