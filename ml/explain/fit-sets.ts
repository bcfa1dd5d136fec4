import { groupBy } from '../core/group-by.ts';
import { sliceRows } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { predictParts } from '../estimators/predict-rows.ts';
import type { TrainedRows } from './fit-intervals.ts';
import { type ClassGroup, MISSED, type PredictionSets } from './prediction-sets.ts';
import { residualList } from './residual-lists.ts';
import { type CrossValidated, effectiveRows, outOfFoldResiduals, type Residual } from './residuals.ts';
import { levelsFor } from './set-levels.ts';
import { partsWithoutFold } from './without-fold.ts';

/** Fewer rows of a class say too little of it: they are put together with those of other such classes. */
const ENOUGH_ROWS = 20;
/** So many unseen rows tell how much surer a mean of parts is than each of them. */
const UNSEEN_ROWS = 1000;

/**
 * What the prediction sets of a model are made from: the out-of-fold probabilities of the training rows' own classes.
 *
 * @returns null where there are too few rows to leave any class out
 */
export function fitSets(model: Model, given: CrossValidated, training: TrainedRows): PredictionSets | null {
  const residuals = outOfFoldResiduals(given, training);
  if (MISSED * (effectiveRows(residuals) + 1) < 1) return null;
  const { declaration, unseen } = training;
  const classes = classCountOf(declaration);
  const { groupOf, rowsOf } = groupsOf(residuals, classes);
  const keys = [...new Set(residuals.map(({ fold }) => partsWithoutFold(given, fold).join()))];
  const groups = rowsOf.map((some): Omit<ClassGroup, 'level'> => {
    const byKey = groupBy(some, ({ fold }) => partsWithoutFold(given, fold).join());
    return {
      rows: effectiveRows(some),
      lists: keys.map((key) => listOf(key, byKey.get(key) ?? [], declaration.weight !== undefined)),
    };
  });
  const levels = levelsFor({ groupOf, groups }, model, predictParts(model, sliceRows(unseen, 0, UNSEEN_ROWS)));
  return { groupOf, groups: groups.map((group, place) => ({ ...group, level: levels[place] as number })) };
}

function listOf(key: string, residuals: readonly Residual[], isWeighted: boolean) {
  const values = Float64Array.from(residuals, ({ residual }) => residual);
  const weights = isWeighted ? Float64Array.from(residuals, ({ weight }) => weight) : undefined;
  return residualList(key.split(',').map(Number), values, weights);
}

/** A group for each class with rows enough, and one for all others; where these are few together, it has the rows of all classes. */
function groupsOf(residuals: readonly Residual[], classes: number) {
  const ofClass = groupBy(residuals, ({ truth }) => truth);
  const isEnough = (some: readonly Residual[]) => effectiveRows(some) >= ENOUGH_ROWS;
  const groupOf: number[] = [];
  const rowsOf: (readonly Residual[])[] = [];
  const few: number[] = [];
  for (let k = 0; k < classes; k++) {
    const own = ofClass.get(k) ?? [];
    if (isEnough(own)) groupOf[k] = rowsOf.push(own) - 1;
    else few.push(k);
  }
  if (few.length === 0) return { groupOf, rowsOf };
  const together = few.flatMap((k) => ofClass.get(k) ?? []);
  const place = rowsOf.push(isEnough(together) ? together : residuals) - 1;
  for (const k of few) groupOf[k] = place;
  return { groupOf, rowsOf };
}
