// A mean of several fits errs less than each of them, of which out-of-fold residuals tell: CV+ alone would be too wide.

import type { NumericColumn } from '../data/declaration.ts';
import { sliceRows, type Table } from '../data/table.ts';
import type { FittedModel, Model } from '../estimators/model.ts';
import { combineParts, predictParts } from '../estimators/predict-rows.ts';

import { type ResidualList, totalWeight, weightedMeanSquare } from './residual-lists.ts';
import { scalesOf } from './scale.ts';
import { predictionsWithout } from './without-fold.ts';

/** So many rows tell how far parts lie from each other. */
const ENOUGH_ROWS = 1000;
/** No residual is made smaller than this share of itself. */
const SMALLEST = 0.5;

/** A model, and rows that it has not learned from, whose targets are not looked at. */
export interface Unseen {
  readonly model: Model;
  readonly table: Table;
  readonly target: NumericColumn;
  /** Of the residuals, as in `Intervals`. */
  readonly scale: FittedModel | null;
}

/**
 * Residuals as the model has them, by those of its parts.
 *
 * Of any row the mean squared error of several predictions is that of their mean plus their variance. So residuals of parts have
 * a variance that is larger than the model's by that of its parts; and CV+ adds it once more, by the predictions that it puts
 * residuals on. They are made smaller by as much as leaves the variance that the model's own errors have. Of a model with
 * one fit they stay.
 */
export function deflated(lists: readonly ResidualList[], unseen: Unseen): ResidualList[] {
  const variance = varianceOfParts(lists, unseen);
  if (variance === 0) return [...lists];
  const share = Math.sqrt(Math.max(SMALLEST ** 2, 1 - (2 * variance) / weightedMeanSquare(lists)));
  return lists.map((list) => ({ ...list, residuals: list.residuals.map((each) => share * each) }));
}

/** How far what the parts predict without a fold lies from what the model predicts: the mean square, in multiples of the scale. */
function varianceOfParts(lists: readonly ResidualList[], { model, table, target, scale }: Unseen): number {
  const rows = sliceRows(table, 0, ENOUGH_ROWS);
  const parts = predictParts(model, rows);
  const { values: predictions } = combineParts(model, parts);
  const scales = scale && scalesOf(scale, target.name, rows, predictions);
  const total = totalWeight(lists);
  let sum = 0;
  for (const [l, { values: without }] of predictionsWithout(lists, model, parts).entries()) {
    const weight = totalWeight([lists[l] as ResidualList]) / total;
    for (let i = 0; i < without.length; i++) {
      const distance = ((without[i] as number) - (predictions[i] as number)) / (scales ? (scales[i] as number) : 1);
      sum += weight * distance * distance;
    }
  }
  return sum / rows.rows;
}
