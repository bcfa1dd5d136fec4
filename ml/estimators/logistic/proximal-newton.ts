import { centre } from './common-shift.ts';
import { type Curvature, curvatureAt } from './curvature.ts';
import { minimiseFace, type PenalisedLoss, slopesOf } from './penalised-loss.ts';
import type { Minimum, StoppingRule } from './quasi-newton.ts';

/**
 * With an l1 penalty, whose minimum has zeros: proximal Newton steps find out which, and of which sign the others are; on what is left
 * it is smooth.
 *
 * Source: Lee, Sun and Saunders 2014, SIAM Journal on Optimization 24(3).
 */
export function minimiseWithZeros(penalised: PenalisedLoss, start: Float64Array, stop: StoppingRule): Minimum {
  let point = start;
  let before = Infinity;
  let stalled = 0;
  for (let count = 0; ; count++) {
    stop.signal?.throwIfAborted();
    const slopes = slopesOf(penalised, point);
    const curvature = curvatureAt(penalised.loss, point, penalised.l2, movable(penalised, point, slopes));
    const distance = distanceFromMinimum(penalised, point, slopes, curvature);
    // Rounding has the last word.
    stalled = distance < ROUNDING && !(distance < before / 2) ? stalled + 1 : 0;
    if (distance <= stop.step || stalled === PATIENCE) return { point, isConverged: true };
    before = distance;
    if (count === stop.maxSteps) return { point, isConverged: false };
    const target = proximalPoint(penalised, point, slopes, curvature);
    const next = searchTowards(penalised, point, target, slopes);
    if (next === null) return { point, isConverged: true };
    centre(next, penalised.loss.outputs, penalised);
    const isSettled = next.every((value, j) => Math.sign(value) === Math.sign(point[j]!));
    const step = isSettled ? FINE * stop.step : Math.max(stop.step, ROUGH * distance);
    point = polish(penalised, next, { ...stop, step });
    centre(point, penalised.loss.outputs, penalised);
  }
}

/** How near to the minimum of a face to go while signs still change, as a share of the distance from the minimum of all. */
const ROUGH = 0.03;
/** The same once none does, as a share of what is near enough: so that distances that are measured otherwise are short enough too. */
const FINE = 0.1;
/** Distances that are as good as none, and how many of them in a row may be no shorter than half of the one before. */
const ROUNDING = 1e-7;
const PATIENCE = 3;

/** 1 for the coefficients that may move: those that are not 0, and those whose slopes the penalty does not hold at 0. */
function movable({ l1, free }: PenalisedLoss, point: Float64Array, slopes: Float64Array): Uint8Array {
  return free.map((is, j) => Number(is === 1 && (l1[j] === 0 || point[j] !== 0 || Math.abs(slopes[j]!) > l1[j]!)));
}

/** By how much slopes break the conditions of a minimum, in steps as the curvature measures them. */
function distanceFromMinimum(
  { l1, free }: PenalisedLoss,
  point: Float64Array,
  slopes: Float64Array,
  { blocks }: Curvature,
): number {
  let squares = 0;
  for (const { coefficients, matrix } of blocks) {
    coefficients.forEach((j, i) => {
      const bend = matrix[i * (coefficients.length + 1)]!;
      if (free[j] === 0 || !(bend > 0)) return;
      const slope = slopes[j]!;
      const excess = point[j] === 0 ? Math.max(Math.abs(slope) - l1[j]!, 0) : slope + Math.sign(point[j]!) * l1[j]!;
      squares += (excess * excess) / bend;
    });
  }
  return Math.sqrt(squares);
}

const MAX_SWEEPS = 100;
/** Sweeps end where the largest step is this share of the first sweep's, squared. */
const SETTLED = 1e-8;

/** Where the penalised quadratic of these slopes and this curvature is smallest, by coordinate descent. */
function proximalPoint(
  { l1, free }: PenalisedLoss,
  point: Float64Array,
  slopes: Float64Array,
  { blocks }: Curvature,
): Float64Array {
  const target = point.slice();
  for (const { coefficients, matrix } of blocks) {
    const size = coefficients.length;
    // The slopes of the quadratic without its penalty.
    const rests = Float64Array.from(coefficients, (j) => slopes[j]!);
    let first = 0;
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      let largest = 0;
      for (let i = 0; i < size; i++) {
        const j = coefficients[i]!;
        const bend = matrix[i * size + i]!;
        if (free[j] === 0 || !(bend > 0)) continue;
        const before = target[j]!;
        const pull = bend * before - rests[i]!;
        // Soft thresholding.
        const length = Math.max(Math.abs(pull) - l1[j]!, 0) / bend;
        const step = (pull < 0 ? -length : length) - before;
        if (step === 0) continue;
        target[j] = before + step;
        for (let other = 0; other < size; other++) rests[other]! += step * matrix[i * size + other]!;
        largest = Math.max(largest, step * step * bend);
      }
      if (sweep === 0) first = largest;
      if (largest <= SETTLED * first) break;
    }
  }
  return target;
}

const MAX_TRIES = 40;

/** Towards a target until it leads uphill, as `minimise` searches; null where it does not lead downhill at all. */
function searchTowards(
  penalised: PenalisedLoss,
  point: Float64Array,
  target: Float64Array,
  slopes: Float64Array,
): Float64Array | null {
  const direction = target.map((value, j) => value - point[j]!);
  const slope = alongSlope(penalised.l1, direction, slopes, (j) =>
    point[j] === 0 ? Math.sign(direction[j]!) : Math.sign(point[j]!),
  );
  if (!(slope < 0)) return null;
  let share = 1;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const next = share === 1 ? target : point.map((value, j) => value + share * direction[j]!);
    const ahead = slopesOf(penalised, next);
    // A coefficient that has just become 0 comes from the other side.
    const after = alongSlope(penalised.l1, direction, ahead, (j) =>
      Math.sign(next[j] === 0 ? -direction[j]! : next[j]!),
    );
    if (Number.isFinite(after) && after <= -slope / 2) return next;
    share *= Number.isFinite(after) ? Math.max(slope / (slope - after), 0.1) : 0.1;
  }
  return null;
}

/** The slope along a direction, with the penalty's by the side on which each coefficient is. */
function alongSlope(
  l1: Float64Array,
  direction: Float64Array,
  slopes: Float64Array,
  sideOf: (j: number) => number,
): number {
  let sum = 0;
  for (let j = 0; j < direction.length; j++) sum += direction[j]! * (slopes[j]! + l1[j]! * sideOf(j));
  return sum;
}

/** Towards the minimum of what is smooth as far as no sign changes, and no zero; coefficients that would pass 0 on the way stay there. */
function polish(penalised: PenalisedLoss, start: Float64Array, stop: StoppingRule): Float64Array {
  const { l1, free } = penalised;
  const signs = start.map(Math.sign);
  const face = free.map((is, j) => (is === 1 && (l1[j] === 0 || signs[j] !== 0) ? 1 : 0));
  const { point } = minimiseFace({ ...penalised, free: face }, start, stop, signs);
  const target = point.map((value, j) => (l1[j]! > 0 && Math.sign(value) !== signs[j] ? 0 : value));
  const hasCrossed = target.some((value, j) => value !== point[j]);
  return hasCrossed ? (searchTowards(penalised, start, target, slopesOf(penalised, start)) ?? start) : point;
}
