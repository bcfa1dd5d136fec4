/** A smooth convex function, of which a solver needs the slopes, and something like the curvature. */
export interface SmoothFunction {
  gradient(at: Float64Array): Float64Array;
  curvature(at: Float64Array): ApproximateInverse;
}

/** About the inverse of the second derivatives at a place. */
export interface ApproximateInverse {
  /** Whether it is that inverse. */
  readonly isExact: boolean;
  /** For how many steps it is kept at least, where it is not. */
  readonly lasts: number;
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
  /** How many steps were taken since it was measured, and the square of the first. */
  let age = 0;
  let first = Infinity;
  let steps: Step[] = [];
  let before = Infinity;
  let lowest = Infinity;
  let stalled = 0;
  for (let count = 0; ; count++) {
    stop.signal?.throwIfAborted();
    let direction = directionOf(gradient, steps, curvature);
    let slope = product(gradient, direction);
    if (age === 0) first = -slope;
    const isOld = curvature.isExact
      ? age > 0
      : age >= Math.max(MEMORY, curvature.lasts) &&
        stepsLeft(first, -slope, age, (stop.step / lengthLeft(first, -slope, age)) ** 2) > curvature.lasts;
    if (isOld && !(-slope <= SLOW ** 2 * before)) {
      curvature = smooth.curvature(point);
      age = 0;
      if (curvature.isExact) steps = [];
      direction = directionOf(gradient, steps, curvature);
      slope = product(gradient, direction);
      first = -slope;
    }
    // What is left is longer than the next step.
    const longer = curvature.isExact ? 1 : lengthLeft(first, -slope, age);
    if (!(-slope * longer ** 2 > stop.step ** 2) || largestOf(gradient) * longer <= stop.slope)
      return { point, isConverged: true };
    // Steps become shorter by as much each time, or more: what this one leaves need not be looked at.
    if (-slope * longer ** 2 * Math.min(-slope / before, 1) <= stop.step ** 2 && before < CLOSE)
      return { point: point.map((value, j) => value + direction[j]!), isConverged: true };
    if (count === stop.maxSteps) return { point, isConverged: false };
    // Rounding has the last word.
    if (-slope < lowest / 2) [lowest, stalled] = [-slope, 0];
    else if (-slope < ROUNDING) stalled += 1;
    const next =
      stalled >= (curvature.isExact ? PATIENCE.exact : PATIENCE.else) ? null : search(smooth, point, direction, slope);
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

/** How long all steps are together that are left, by the next one, if they become shorter as so far; by the squares of two steps. */
function lengthLeft(first: number, next: number, steps: number): number {
  return steps === 0 ? 1 : 1 / (1 - Math.min((next / first) ** (1 / (2 * steps)), SLOWEST));
}

/** No slower is taken for how steps become shorter. */
const SLOWEST = 0.99;

/** How many steps more it takes, if they become shorter as so far; by their squares. */
function stepsLeft(first: number, last: number, steps: number, enough: number): number {
  const rate = Math.log(first / last) / steps;
  return rate > 0 ? Math.log(last / enough) / rate : Infinity;
}

/** The square of a step from which on they become shorter by as much each time. */
const CLOSE = 1e-4;
/** The square of a step that is as good as none. */
const ROUNDING = 1e-14;
/** How many such steps in a row may be no shorter than half of the shortest, where the curvature is exact and where it is not. */
const PATIENCE = { exact: 3, else: 20 };

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
