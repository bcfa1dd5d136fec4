// Probabilities through a sigmoid of their log-odds; of several classes through a softmax of their logarithms.

import { solveCholesky } from '../../core/cholesky.ts';
import type { Predictions } from '../../core/predictions.ts';
import { type CalibrationRows, meanOneWeights } from './calibration-rows.ts';

/**
 * softmax(slope × log(p + floor) + offsets): one slope for all classes, and an offset for each. With two classes that is Platt's
 * sigmoid of the log-odds. A slope below 1 takes back what is too sure of itself.
 */
export type Sigmoid = {
  readonly kind: 'sigmoid';
  readonly slope: number;
  /** One a class. */
  readonly offsets: Float64Array;
  /** What is added to each probability, so that 0 has a logarithm: half a row of those that it was fitted on. */
  readonly floor: number;
};

/** How many rows stand for a slope of 1 and offsets of 0 before any is seen, so that few rows change little. */
const PRIOR_ROWS = 1;
const MOST_STEPS = 50;
const MOST_HALVINGS = 30;
/** Of the gradient, a row. */
const TOLERANCE = 1e-9;

/**
 * The sigmoid of the smallest log loss, by Newton's method; the problem is convex. A slope and an offset for each class rather than
 * a sigmoid for each class against the others, since what those say of a row sums to 1 only by force; and rather than a
 * slope alone (temperature scaling), which cannot mend shares of classes.
 *
 * Source: Platt 1999, Probabilistic outputs for support vector machines; Guo et al. 2017, arXiv:1706.04599; Alexandari, Kundaje and
 * Shrikumar 2020, arXiv:1901.06852 (bias-corrected temperature scaling).
 *
 * @returns null where what is predicted tells nothing, so that no slope above 0 is better than none
 */
export function fitSigmoid(rows: CalibrationRows): Sigmoid | null {
  const { predictions, truth } = rows;
  const { outputs } = predictions;
  const floor = 1 / (2 * truth.length);
  const logs = predictions.values.map((p) => Math.log(p + floor));
  const problem: Problem = { logs, outputs, truth, weights: meanOneWeights(rows) };
  // The slope, and then the offsets.
  let place = new Float64Array(outputs + 1);
  place[0] = 1;
  let loss = lossAt(problem, place);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivativesAt(problem, place);
    if (gradient.every((slope) => Math.abs(slope) <= TOLERANCE * truth.length)) break;
    const move = solveCholesky(hessian, gradient);
    const next = downhill(problem, place, move, loss);
    if (!next) break;
    ({ place, loss } = next);
  }
  const [slope = 0] = place;
  return slope > 0 && place.every(Number.isFinite) ? { kind: 'sigmoid', slope, offsets: place.slice(1), floor } : null;
}

/** What a sigmoid makes of probabilities; rows sum to 1 to rounding. */
export function throughSigmoid({ slope, offsets, floor }: Sigmoid, predictions: Predictions): Predictions {
  const { rows, outputs, values } = predictions;
  const calibrated = values.map((p, at) => slope * Math.log(p + floor) + (offsets[at % outputs] as number));
  for (let row = 0; row < rows; row++) softmax(calibrated.subarray(row * outputs, (row + 1) * outputs));
  return { rows, outputs, values: calibrated };
}

interface Problem {
  /** rows × outputs, row-major. */
  readonly logs: Float64Array;
  readonly outputs: number;
  readonly truth: Float64Array;
  readonly weights: Float64Array;
}

/** The log loss of all rows, and what departs from a slope of 1 and offsets of 0. */
function lossAt(problem: Problem, place: Float64Array): number {
  const { outputs, truth, weights } = problem;
  let loss = penaltyAt(place);
  const scores = new Float64Array(outputs);
  for (let row = 0; row < truth.length; row++) {
    scoresOf(problem, place, row, scores);
    loss += (weights[row] as number) * (logSumOfExponentials(scores) - (scores[truth[row] as number] as number));
  }
  return loss;
}

function penaltyAt(place: Float64Array): number {
  return (PRIOR_ROWS / 2) * place.reduce((sum, value, at) => sum + (value - (at === 0 ? 1 : 0)) ** 2, 0);
}

function scoresOf({ logs, outputs }: Problem, place: Float64Array, row: number, into: Float64Array): void {
  const slope = place[0] as number;
  for (let k = 0; k < outputs; k++) into[k] = slope * (logs[row * outputs + k] as number) + (place[k + 1] as number);
}

function derivativesAt(problem: Problem, place: Float64Array) {
  const { logs, outputs, truth, weights } = problem;
  const size = outputs + 1;
  const gradient = place.map((value, at) => PRIOR_ROWS * (value - (at === 0 ? 1 : 0)));
  const hessian = new Float64Array(size * size);
  const shares = new Float64Array(outputs);
  for (let row = 0; row < truth.length; row++) {
    const weight = weights[row] as number;
    const own = logs.subarray(row * outputs, (row + 1) * outputs);
    scoresOf(problem, place, row, shares);
    softmax(shares);
    let mean = 0;
    let square = 0;
    for (let k = 0; k < outputs; k++) {
      const [share, log] = [shares[k] as number, own[k] as number];
      mean += share * log;
      square += share * log * log;
    }
    gradient[0] = (gradient[0] as number) + weight * (mean - (own[truth[row] as number] as number));
    hessian[0] = (hessian[0] as number) + weight * Math.max(0, square - mean * mean);
    for (let k = 0; k < outputs; k++) {
      const share = weight * (shares[k] as number);
      gradient[k + 1] = (gradient[k + 1] as number) + share - (k === truth[row] ? weight : 0);
      const from = (k + 1) * size;
      hessian[from] = (hessian[from] as number) + share * ((own[k] as number) - mean);
      for (let l = 0; l < k; l++)
        hessian[from + l + 1] = (hessian[from + l + 1] as number) - share * (shares[l] as number);
      hessian[from + k + 1] = (hessian[from + k + 1] as number) + share * (1 - (shares[k] as number));
    }
  }
  for (let a = 0; a < size; a++) {
    hessian[a * (size + 1)] = (hessian[a * (size + 1)] as number) + PRIOR_ROWS;
    for (let b = 0; b < a; b++) hessian[b * size + a] = hessian[a * size + b] as number;
  }
  return { gradient, hessian };
}

/** A step, or the largest half of it that lowers the loss; undefined where none does, for all digits are found. */
function downhill(problem: Problem, place: Float64Array, move: Float64Array, loss: number) {
  for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
    const next = place.map((value, at) => value - share * (move[at] as number));
    const lower = lossAt(problem, next);
    if (lower < loss) return { place: next, loss: lower };
  }
  return undefined;
}

function logSumOfExponentials(scores: Float64Array): number {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

/** In place. */
function softmax(scores: Float64Array): void {
  const total = logSumOfExponentials(scores);
  for (let k = 0; k < scores.length; k++) scores[k] = Math.exp((scores[k] as number) - total);
}
