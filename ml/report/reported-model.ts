import { oneOutput } from '../core/predictions.ts';
import { type ClassTarget, type NumericColumn, targetOf } from '../data/declaration.ts';
import type { Table } from '../data/table.ts';
import type { TaskKind } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { refuseUnpredicted } from '../estimators/predict-rows.ts';
import { classExplainer, type PredictedClasses } from '../explain/class-explainer.ts';
import { numberExplainer, type PredictedNumbers } from '../explain/explainer.ts';
import type { Trust } from '../explain/trust.ts';
import type { Manifest } from '../release/manifest.ts';

/** What a report asks of the model of a release; `task` tells what it predicts. */
export type ReportedModel = ReportedNumbers | ReportedClasses;

export interface ReportedNumbers {
  readonly task: 'regression';
  readonly manifest: Manifest;
  readonly model: Model;
  readonly target: NumericColumn;
  /** Of each row the prediction, in the target’s unit, and its interval. @throws DataError where a prediction is not finite */
  predicted(table: Table): PredictedNumbers;
}

export interface ReportedClasses {
  readonly task: Exclude<TaskKind, 'regression'>;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly target: ClassTarget;
  /** The level of a target of two that curves are about; null of several. */
  readonly positive: string | null;
  /** Of each row the probabilities, in the order of the target’s levels, and the classes that it may be of. @throws DataError where a prediction is not finite */
  predicted(table: Table): PredictedClasses;
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
      predicted(table) {
        const predicted = explainer.predicted(table);
        refuseUnpredicted(model, table, oneOutput(predicted.predictions));
        return predicted;
      },
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
    predicted(table) {
      const predicted = explainer.predicted(table);
      refuseUnpredicted(model, table, predicted.predictions);
      return predicted;
    },
  };
}
