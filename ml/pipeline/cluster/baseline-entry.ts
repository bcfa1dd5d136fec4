import type { Table } from '../../data/table.ts';
import { takeRows } from '../../data/table.ts';
import { classCountOf } from '../../data/task-kind.ts';
import { estimatorNamed, paramsOf } from '../../estimators/index.ts';
import { singleModel } from '../../estimators/model.ts';
import { predictTable } from '../../estimators/predict-rows.ts';
import { fitFeatures } from '../../features/preprocess.ts';
import type { Evaluated } from '../../selection/evaluated.ts';
import { cvOf, type EvaluationOptions } from '../../selection/evaluation.ts';

/** What predicting the mean, or the shares of the classes, of some rows scores on the rows that folds hold. */
export function baselineEntry(train: Table, { context, task }: Pick<EvaluationOptions, 'context' | 'task'>): Evaluated {
  const { declaration, seed } = context;
  const { model } = task.baseline;
  const params = paramsOf(model, task.kind);
  const estimator = estimatorNamed(model, task.kind);
  const { preprocessor, ...rows } = fitFeatures({ declaration, table: train, seed, encoding: estimator.encoding });
  const state = estimator.fit({
    ...rows,
    params,
    seed,
    classes: classCountOf(declaration) || undefined,
  });
  const fitted = singleModel({ estimator: model, task: task.kind, params, features: [], preprocessor, state });
  const predictions = context.folds.map(({ held }) => predictTable(fitted, takeRows(context.train, held)));
  return { status: 'scored', model, params, cv: cvOf(predictions, { context, task }) };
}
