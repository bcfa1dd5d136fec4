import { classWeight, classWeighted } from '../class-weight.ts';
import { type CountedRows, countedRows } from '../counted-rows.ts';
import type { Estimator, Training } from '../estimator.ts';
import { inUnits } from '../linear/gram.ts';
import { CrossEntropy } from './cross-entropy.ts';
import { designOf, sampledRows } from './design.ts';
import { type LogisticState, logisticContributions, logisticState, predictLogistic } from './logistic-model.ts';
import { minimiseFace } from './penalised-loss.ts';
import { minimiseWithZeros } from './proximal-newton.ts';

const params = {
  C: {
    type: 'number',
    default: 1,
    min: 1e-12,
    max: 1e12,
    words: ['inf'],
    description: 'how much the sum of losses counts against the penalty; inf: there is no penalty',
    search: { low: 0.0001, high: 1000, scale: 'log', grid: [0.01, 0.1, 1, 10, 100] },
  },
  l1_ratio: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1,
    description:
      'the share of the penalty that is on the absolute coefficients, so that many are 0; the rest is on half their squares',
    search: { low: 0, high: 1, scale: 'linear', grid: [0, 1] },
  },
  fit_intercept: { type: 'boolean', default: true, description: 'whether there is an intercept; it is not penalised' },
  class_weight: classWeight,
  tol: {
    type: 'number',
    default: 1e-4,
    min: 0,
    max: 1,
    description:
      'how near to the minimum to stop: at a step of 1e-5 of it, which is nearer than the reference’s largest slope',
  },
  max_iter: {
    type: 'integer',
    default: 100,
    min: 1,
    max: 1_000_000,
    description: 'how many iterations there are at most, of up to twenty steps each',
  },
} as const;

/**
 * Logistic regression: of two classes a line for the log-odds, of several a softmax of as many lines.
 *
 * It goes to the minimum of the loss, where the reference's solvers stop on the way.
 *
 * Source: scikit-learn 1.9, `LogisticRegression`.
 */
export const logisticRegression: Estimator<typeof params, LogisticState> = {
  title: 'Logistic regression',
  tasks: ['binary', 'multiclass'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  fit,
  predict: predictLogistic,
  contributions: logisticContributions,
};

/** How much nearer than `tol` to go. */
const CLOSER = 1e-5;
/** The largest slope that is flat, as a share of `tol`. */
const FLAT = 1e-9;
const STEPS = 20;
/** Of so many more rows than curvature is measured by, a share of these are worth to begin with, and how near to their minimum to go. */
const MANY = 4;
const FEW = 0.25;
const NEAR = 0.05;

function fit({ params: values, classes = 2, signal, onWarning, ...training }: Training<typeof params>): LogisticState {
  const { C, l1_ratio, fit_intercept, class_weight, tol, max_iter } = values;
  const rows = countedRows(training);
  const design = designOf(rows, fit_intercept);
  const loss = new CrossEntropy({ design, y: rows.y, weights: classWeighted(rows, class_weight, classes) }, classes);
  const { outputs, size } = loss;
  // The reference's sum of losses, as a mean.
  const strength = C === 'inf' ? 0 : rows.unit / (C * loss.total);
  const penalties = (penaltyOf: (unit: number) => number) =>
    Float64Array.from({ length: size }, (_, j) =>
      j < size - outputs ? penaltyOf(design.units[Math.floor(j / outputs)]!) : 0,
    );
  const penalised = {
    loss,
    l1: penalties((unit) => inUnits(strength * l1_ratio, unit, 1)),
    l2: penalties((unit) => inUnits(strength * (1 - l1_ratio), unit, unit)),
    free: new Uint8Array(size).fill(1, 0, fit_intercept ? size : size - outputs),
  };
  const start = new Float64Array(size);
  if (fit_intercept) start.set(priorMargins(rows, loss), size - outputs);
  const stop = { step: CLOSER * tol, slope: FLAT * tol, maxSteps: STEPS * max_iter, signal };
  const minimise = strength > 0 && l1_ratio > 0 ? minimiseWithZeros : minimiseFace;
  const some = sampledRows(design, FEW);
  const near =
    some.length * MANY > FEW * design.rows
      ? start
      : minimise({ ...penalised, loss: loss.ofRows(some) }, start, { ...stop, step: NEAR }).point;
  const { point, isConverged } = minimise(penalised, near, stop);
  if (!isConverged) onWarning?.(`it has not converged within max_iter ${max_iter}: raise it, or take a smaller C`);
  if (strength === 0 && isSeparated(loss, rows.y, point))
    onWarning?.(
      'its coefficients have no best values without a penalty, since some classes can be told apart without an error: it stopped at large ones; take a C other than inf',
    );
  return logisticState(design, point);
}

/** The margins that give the classes their shares of the rows; of several, they sum to 0. */
function priorMargins({ y }: CountedRows, { outputs, weights, total }: CrossEntropy): Float64Array {
  const shares = new Float64Array(Math.max(outputs, 2));
  y.forEach((k, i) => {
    shares[k]! += (weights ? weights[i]! : 1) / total;
  });
  if (outputs === 1) return Float64Array.of(Math.log(shares[1]! / shares[0]!));
  const margins = shares.map(Math.log);
  const mean = margins.reduce((sum, margin) => sum + margin, 0) / outputs;
  return margins.map((margin) => margin - mean);
}

/** Coefficients beyond this, of columns between −1 and 1, are on their way to infinity. */
const ENDLESS = 15;
/** What is left to 1 of the probabilities of rows that are told apart without an error. */
const CERTAIN = 1e-6;

function isSeparated(loss: CrossEntropy, y: Float64Array, point: Float64Array): boolean {
  if (point.some((coefficient) => Math.abs(coefficient) > ENDLESS)) return true;
  const rows = sampledRows(loss.design);
  const { outputs } = loss;
  const probabilities = loss.probabilities(point, rows);
  return rows.every((row, i) => {
    const k = y[row]!;
    const own = outputs === 1 ? Math.abs(1 - k - probabilities[i]!) : probabilities[i * outputs + k]!;
    return own > 1 - CERTAIN;
  });
}
