import { type Predictions, twoClasses } from '../../core/predictions.ts';
import { exponentialLoss } from '../losses/exponential.ts';
import { logistic, logit, logLoss } from '../losses/log-loss.ts';
import { softmaxRows } from '../losses/softmax.ts';
import { type BoostingLoss, type Weighted, weightedMean } from './boosting-loss.ts';

export type ClassLossName = 'log_loss' | 'exponential';

/** A loss of classes, whose indices are the targets. */
export interface ClassLoss extends BoostingLoss {
  /** What raw predictions, rows × outputs, come to; they may be overwritten. */
  probabilities(raw: Float64Array): Predictions;
}

/**
 * The losses of gradient boosting, of classes: of two there is one output, whose raw predictions are log-odds of class 1 (half of
 * them by the loss `exponential`); of several one for each.
 *
 * Source: Friedman 2001, algorithms 5 and 6; scikit-learn 1.9, `_loss/loss.py`, `_update_terminal_regions` and `_init_raw_predictions`.
 */
export function classLoss(name: ClassLossName, classes: number): ClassLoss {
  if (classes > 2) return multinomial(classes);
  return name === 'exponential' ? exponential : binomial;
}

const binomial: ClassLoss = {
  initial: (targets) => [logit(within(weightedMean(targets)))],
  setResiduals: setGradients(logLoss.gradient),
  leafValue: (residuals) => newtonStep(residuals, ofProbability),
  // Twice, as the reference has it: early stopping looks for a decrease by so much.
  mean: (targets, raw) => 2 * meanOf(targets, raw, logLoss.value),
  probabilities: (raw) => twoClasses(raw.map(logistic)),
};

const exponential: ClassLoss = {
  initial: (targets) => [logit(within(weightedMean(targets))) / 2],
  setResiduals: setGradients(exponentialLoss.gradient),
  leafValue: (residuals) => newtonStep(residuals, Math.abs),
  mean: (targets, raw) => meanOf(targets, raw, exponentialLoss.value),
  probabilities: (raw) => twoClasses(raw.map((half) => logistic(2 * half))),
};

function multinomial(classes: number): ClassLoss {
  return {
    initial({ values, weights }) {
      const logs = Array.from({ length: classes }, (_, k) =>
        Math.log(within(weightedMean({ values: values.map((target) => Number(target === k)), weights }))),
      );
      const mean = logs.reduce((sum, log) => sum + log, 0) / classes;
      return logs.map((log) => log - mean);
    },
    setResiduals: setSoftmaxGradients,
    leafValue: (residuals) => ((classes - 1) / classes) * newtonStep(residuals, ofProbability),
    mean: ({ values, weights }, raw) =>
      weightedMean({ values: values.map((target, i) => logSumExp(raw, i) - raw[target]![i]!), weights }),
    probabilities: (raw) => ({
      rows: raw.length / classes,
      outputs: classes,
      values: softmaxRows(raw, classes),
    }),
  };
}

type OfTarget = (target: number, raw: number) => number;

/** Residuals of one output: its negative gradients. */
function setGradients(gradient: OfTarget): BoostingLoss['setResiduals'] {
  return (targets, [raw], [residuals]) => {
    for (let i = 0; i < targets.length; i++) residuals![i] = -gradient(targets[i]!, raw![i]!);
  };
}

/** Residuals of an output for each class: 1 of the row's class, 0 of any other, less the class's probability. */
function setSoftmaxGradients(
  targets: Float64Array,
  raw: readonly Float64Array[],
  residuals: readonly Float64Array[],
): void {
  for (let i = 0; i < targets.length; i++) {
    const highest = highestOf(raw, i);
    let sum = 0;
    for (let k = 0; k < raw.length; k++) sum += residuals[k]![i] = Math.exp(raw[k]![i]! - highest);
    for (let k = 0; k < raw.length; k++) residuals[k]![i] = Number(targets[i] === k) - residuals[k]![i]! / sum;
  }
}

function highestOf(raw: readonly Float64Array[], i: number): number {
  let highest = -Infinity;
  for (let k = 0; k < raw.length; k++) highest = Math.max(highest, raw[k]![i]!);
  return highest;
}

function logSumExp(raw: readonly Float64Array[], i: number): number {
  const highest = highestOf(raw, i);
  let sum = 0;
  for (let k = 0; k < raw.length; k++) sum += Math.exp(raw[k]![i]! - highest);
  return highest + Math.log(sum);
}

/** Sums of hessians below it are none: nothing is to be gained there. */
const NOTHING = 1e-150;

/** The sum of the negative gradients ÷ that of the hessians, which follow from these. */
function newtonStep({ values, weights }: Weighted, hessian: (residual: number) => number): number {
  let gradients = 0;
  let hessians = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    gradients += weight * values[i]!;
    hessians += weight * hessian(values[i]!);
    total += weight;
  }
  return hessians / total < NOTHING ? 0 : gradients / hessians;
}

/** p (1 − p) of a probability, by what is left to 1, or, where it is negative, to 0. */
function ofProbability(residual: number): number {
  const probability = residual > 0 ? 1 - residual : -residual;
  return probability * (1 - probability);
}

const meanOf = ({ values, weights }: Weighted, [raw]: readonly Float64Array[], loss: OfTarget): number =>
  weightedMean({ values: values.map((target, i) => loss(target, raw![i]!)), weights });

/** A share that has finite log-odds. */
const within = (share: number) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, share));
