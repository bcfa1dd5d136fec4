import { groupBy } from '../core/group-by.ts';
import { type Declaration, numericTargetOf } from '../data/declaration.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { FittedModel, Model } from '../estimators/model.ts';
import { deflated } from './deflate.ts';
import { intervalScores, meanGain } from './interval-score.ts';
import { boundShare, type Intervals } from './intervals.ts';
import { type ResidualList, residualList } from './residual-lists.ts';
import { type CrossValidated, effectiveRows, outOfFoldResiduals, type Residual } from './residuals.ts';
import { fitScales } from './scale.ts';
import { partsWithoutFold } from './without-fold.ts';

/** Rows that a model has learned from, and some that it has not. */
export interface TrainedRows {
  readonly declaration: Declaration;
  readonly train: Table;
  /** Whose targets are not looked at. */
  readonly unseen: Table;
  readonly seed: number;
}

/** A residual with what it is to be divided by. */
interface ScaledResidual extends Residual {
  readonly scale: number;
}

/** Residuals with the scales of their rows, and what says those of other rows. */
interface ScaledResiduals {
  readonly rows: readonly ScaledResidual[];
  readonly scale: FittedModel | null;
}

/**
 * What the intervals of a model are made from. Residuals are divided by a learned scale where that makes intervals better out of
 * fold.
 *
 * @returns null where there are too few rows for an interval
 */
export function fitIntervals(model: Model, given: CrossValidated, training: TrainedRows): Intervals | null {
  const { declaration, unseen } = training;
  const plain = outOfFoldResiduals(given, training).map((each) => ({ ...each, scale: 1 }));
  const { rows, scale } = worthItsScale(plain, training) ?? { rows: plain, scale: null };
  const count = effectiveRows(rows);
  if (!(boundShare(count) <= 1)) return null;
  const lists = listsOf(rows, given, declaration.weight !== undefined);
  const target = numericTargetOf(declaration);
  return { rows: count, lists: deflated(lists, { model, table: unseen, target, scale }), scale };
}

/** Scaled residuals, where their intervals score better than those of plain ones by more than a standard error. */
function worthItsScale(residuals: readonly ScaledResidual[], training: TrainedRows): ScaledResiduals | null {
  const { rows, predictions, sizes } = meansOfRows(residuals);
  const { declaration, train, seed } = training;
  const table = takeRows(train, rows);
  const scales = fitScales({ declaration, table, predictions, sizes, seed });
  if (!scales) return null;
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place] as const));
  const scaled = residuals
    .map((each) => ({ ...each, scale: scales.outOfFold[placeOf.get(each.row) as number] as number }))
    .filter(({ scale }) => scale > 0);
  const plain = intervalScores(scaled.map((each) => ({ ...each, scale: 1 })));
  const weights = Float64Array.from(scaled, ({ weight }) => weight);
  const { mean, standardError } = meanGain(intervalScores(scaled), plain, weights);
  // What several repeats say of a row is said of the same row.
  const repeats = scaled.length / new Set(scaled.map(({ row }) => row)).size;
  return mean > standardError * Math.sqrt(repeats) ? { rows: scaled, scale: scales.model } : null;
}

/** The rows that have residuals, ascending, each with the mean of its predictions and of its absolute residuals. */
function meansOfRows(residuals: readonly Residual[]) {
  const sums = new Map<number, { count: number; prediction: number; size: number }>();
  for (const { row, prediction, residual } of residuals) {
    const sum = sums.get(row) ?? { count: 0, prediction: 0, size: 0 };
    sum.count += 1;
    sum.prediction += prediction;
    sum.size += Math.abs(residual);
    sums.set(row, sum);
  }
  const known = [...sums].sort(([a], [b]) => a - b);
  return {
    rows: Uint32Array.from(known, ([row]) => row),
    predictions: Float64Array.from(known, ([, { prediction, count }]) => prediction / count),
    sizes: Float64Array.from(known, ([, { size, count }]) => size / count),
  };
}

/** Sorted once for all, by the parts that have not learned from the rows. */
function listsOf(residuals: readonly ScaledResidual[], given: CrossValidated, isWeighted: boolean): ResidualList[] {
  const partsOf = (fold: number) => partsWithoutFold(given, fold);
  const groups = groupBy(residuals, ({ fold }) => partsOf(fold).join());
  return [...groups.values()].map((some) => {
    const values = Float64Array.from(some, ({ residual, scale }) => residual / scale);
    const weights = isWeighted ? Float64Array.from(some, ({ weight }) => weight) : undefined;
    return residualList(partsOf((some[0] as Residual).fold), values, weights);
  });
}
