import type { Predictions } from '../core/predictions.ts';
import type { Model } from '../estimators/model.ts';
import { addUp, type PartPredictions } from '../estimators/predict-rows.ts';
import type { CrossValidated } from './residuals.ts';

/** Training rows that the same parts of a model have not learned from. */
export interface Unlearned {
  /** Of each member of the model the part that has not learned from them, by its place; −1 where all parts count. */
  readonly parts: readonly number[];
}

/** Of each member of a model the part that was fitted without a fold, by its place; −1 where there is none. */
export const partsWithoutFold = ({ foldsOfParts }: CrossValidated, fold: number): number[] =>
  foldsOfParts.map((folds) => folds.indexOf(fold));

/** What a model predicts without the parts that have learned from each list's rows, before it is calibrated. */
export function predictionsWithout(lists: readonly Unlearned[], model: Model, parts: PartPredictions): Predictions[] {
  return lists.map((list) => addUp(model, partsWithout(list, parts)));
}

function partsWithout({ parts: places }: Unlearned, parts: PartPredictions): PartPredictions {
  return parts.map((own, member) => {
    const place = places[member] as number;
    return place === -1 ? own : own.slice(place, place + 1);
  });
}
