// Metrics of the probabilities themselves.
//
// Source: scikit-learn 1.9, `log_loss`, `brier_score_loss` and `d2_log_loss_score`.

import { largestSize, unitOf } from '../../core/moments.ts';
import { ofOwnClass } from '../../core/own-class.ts';
import type { Metric } from '../metric.ts';

/** A probability of 0 counts as this one, so that a single row does not make a score infinite. */
const SMALLEST = Number.EPSILON;

/** Minus the logarithm of the probability of the true class, on average. */
export const logLoss: Metric = {
  name: 'log_loss',
  title: 'log loss',
  direction: 'lower',
  unit: 'none',
  best: 0,
  digits: 4,
  ofOwnClass: meanLogLoss,
  compute: (truth, predictions, weights) => meanLogLoss(truth, ofOwnClass(truth, predictions), weights),
};

/**
 * By how much the log loss is smaller than that of predicting the shares of the classes, as a share of it: 1 is perfect, 0 no better than
 * those.
 *
 * @param shares of the classes among the rows that are learned from, so that a model is measured against the baseline that it would have
 * been; without them nothing can be computed
 */
export function skillOver(shares: readonly number[] | undefined): Metric {
  const skillOf = (truth: Float64Array, own: Float64Array, weights?: Float64Array) => {
    if (!shares) throw new Error('skill is computed over the shares of classes, which nobody gave');
    const ofShares = truth.map((target) => shares[target] as number);
    return 1 - meanLogLoss(truth, own, weights) / meanLogLoss(truth, ofShares, weights);
  };
  return {
    name: 'skill',
    title: 'skill',
    direction: 'higher',
    unit: 'none',
    best: 1,
    digits: 4,
    ofOwnClass: skillOf,
    compute: (truth, predictions, weights) => skillOf(truth, ofOwnClass(truth, predictions), weights),
  };
}

/** The squared error of the probabilities, summed over the classes; of two classes, half of that: the error of either. */
export const brier: Metric = {
  name: 'brier',
  title: 'Brier score',
  direction: 'lower',
  unit: 'none',
  best: 0,
  digits: 4,
  compute(truth, { outputs, values }, weights) {
    const squares = meanOver(
      truth.length,
      (row) => {
        let sum = 0;
        for (let k = 0; k < outputs; k++)
          sum += ((values[row * outputs + k] as number) - Number(truth[row] === k)) ** 2;
        return sum;
      },
      weights,
    );
    return outputs === 2 ? squares / 2 : squares;
  },
};

/** @param own how probable each row was said to be of its own class */
function meanLogLoss(_: Float64Array, own: Float64Array, weights?: Float64Array): number {
  const lossOf = (row: number) => -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, own[row] as number)));
  return meanOver(own.length, lossOf, weights);
}

/** The mean of a number over rows; one of weight 0 counts not at all, whatever its number is. */
function meanOver(rows: number, numberOf: (row: number) => number, weights: Float64Array | undefined): number {
  const unit = weights ? unitOf(largestSize(weights)) : 1;
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights ? (weights[row] as number) * unit : 1;
    if (weight === 0) continue;
    sum += weight * numberOf(row);
    total += weight;
  }
  return sum / total;
}
