// Where the true value lies in 90 % of cases, from what predictions were off out of fold.

import type { NumericColumn } from '../data/declaration.ts';
import type { Table } from '../data/table.ts';
import type { FittedModel, Model } from '../estimators/model.ts';
import type { PartPredictions } from '../estimators/predict-rows.ts';
import { type ResidualList, shiftedQuantile, totalWeight } from './residual-lists.ts';
import { scalesOf } from './scale.ts';
import { predictionsWithout } from './without-fold.ts';

/** The share of true values that intervals are to hold. */
export const COVERAGE = 0.9;

/** What intervals are made from: plain data. */
export type Intervals = {
  /** Of how many rows the residuals are; by weight, of so many that counted the same. */
  readonly rows: number;
  /** A list for each set of rows that the same parts have not learned from. */
  readonly lists: readonly ResidualList[];
  /** By which residuals were divided, and are multiplied again; null where they are taken as they are. */
  readonly scale: FittedModel | null;
};

/** The ends of the interval of each row. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Rows with what a model and its parts predict of them. */
export interface Predicted {
  readonly table: Table;
  readonly parts: PartPredictions;
  readonly predictions: Float64Array;
}

/** Weights are sums, and equal ones may differ by their rounding. */
const ROUNDING = 1e-9;

/**
 * The share of the residuals that a bound leaves on its side: the ⌈(n + 1) (1 − α)⌉-th of n, with α = 5 % for either bound. It is
 * more than 95 %, as much as the few residuals need.
 *
 * @param coverage the share of true values that intervals are to hold
 * @returns above 1 where there are too few residuals for any bound
 */
export function boundShare(rows: number, coverage = COVERAGE): number {
  const whole = Math.floor(rows);
  return Math.ceil((whole + 1) * (1 - (1 - coverage) / 2) - ROUNDING) / whole;
}

/**
 * The interval of each row: CV+ with signed residuals. The upper bound is a quantile, over the training rows i, of what the
 * model without i's fold predicts, plus the residual of i; the lower bound likewise. Of a member that was fitted on all rows
 * the prediction is that of this fit, so that intervals are those of cross-validation where all members are.
 *
 * A prediction is never outside of its interval. A bound does not leave the target's declared range, unless the prediction does.
 *
 * Source: Barber, Candès, Ramdas and Tibshirani 2021, Predictive inference with the jackknife+, arXiv:1905.02928.
 */
export function boundsOf(
  { rows, lists, scale }: Intervals,
  model: Model,
  target: NumericColumn,
  { table, parts, predictions }: Predicted,
  coverage = COVERAGE,
): Bounds {
  const total = totalWeight(lists);
  const share = boundShare(rows, coverage) * total;
  const [below, above] = [total - share + ROUNDING * total, share - ROUNDING * total];
  const withoutFold = predictionsWithout(lists, model, parts);
  const scales = scale && scalesOf(scale, target.name, table, predictions);
  const shifts = new Float64Array(lists.length);
  const low = new Float64Array(predictions.length);
  const high = new Float64Array(predictions.length);
  for (const [i, prediction] of predictions.entries()) {
    for (const [l, { values }] of withoutFold.entries()) shifts[l] = values[i] as number;
    const scale = scales ? (scales[i] as number) : 1;
    low[i] = lowEnd(shiftedQuantile(lists, shifts, scale, below), prediction, target);
    high[i] = highEnd(shiftedQuantile(lists, shifts, scale, above), prediction, target);
  }
  return { low, high };
}

function lowEnd(bound: number, prediction: number, { min = -Number.MAX_VALUE }: NumericColumn): number {
  return Math.min(prediction, Math.max(bound, min));
}

function highEnd(bound: number, prediction: number, { max = Number.MAX_VALUE }: NumericColumn): number {
  return Math.max(prediction, Math.min(bound, max));
}
