import type { Predictions } from '../core/predictions.ts';
import { type ClassTarget, type NumericColumn, targetOf } from '../data/declaration.ts';
import type { Table } from '../data/table.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import { classExplainer } from '../explain/class-explainer.ts';
import { numberExplainer } from '../explain/explainer.ts';
import type { Bounds } from '../explain/intervals.ts';
import type { Trust } from '../explain/trust.ts';
import type { Manifest } from '../release/manifest.ts';

/** What a report asks of the model of a release; `task` tells what it predicts. */
export type ReportedModel = ReportedNumbers | ReportedClasses;

export interface ReportedNumbers {
  readonly task: 'regression';
  readonly manifest: Manifest;
  readonly model: Model;
  readonly target: NumericColumn;
  /** Of each row, in the target's unit. @throws DataError where one is not finite */
  predictTable(table: Table): Float64Array;
  /** The interval of each row, which holds so large a share of the true values, 90 % by default; null where the release has none. */
  intervalsOf(table: Table, coverage?: number): Bounds | null;
}

export interface ReportedClasses {
  readonly task: Exclude<TaskKind, 'regression'>;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly target: ClassTarget;
  /** The level of a target of two that curves are about; null of several. */
  readonly positive: string | null;
  /** The probabilities of each row, in the order of the target's levels. @throws DataError where one is not finite */
  predictTable(table: Table): Predictions;
  /** The classes that each row may be of; null where the release has no prediction sets. */
  setsOf(table: Table): (readonly string[])[] | null;
}

/** A model with what its release says of it. */
export interface ModelOfRelease {
  readonly manifest: Manifest;
  readonly model: Model;
  /** Null of a release of an older format. */
  readonly trust: Trust | null;
}

export function reportedModel({ manifest, model, trust }: ModelOfRelease): ReportedModel {
  const { dataset } = manifest;
  const target = targetOf(dataset);
  if (!('levels' in target)) {
    const explainer = numberExplainer(dataset, target, model, trust);
    return {
      task: 'regression',
      manifest,
      model,
      target,
      predictTable: (table) => predictTable(model, table).values,
      intervalsOf: (table, coverage) => explainer.boundsOf(table, coverage),
    };
  }
  const { levels } = target;
  const positive = manifest.positive ?? null;
  const explainer = classExplainer(dataset, { levels, positive }, model, trust);
  return {
    task: levels.length === 2 ? 'binary' : 'multiclass',
    manifest,
    model,
    target,
    positive,
    predictTable: (table) => predictTable(model, table),
    setsOf: (table) => explainer.setsOf(table),
  };
}
