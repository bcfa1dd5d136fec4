import { takePredictions } from '../../core/predictions.ts';
import type { Declaration } from '../../data/declaration.ts';
import { makeFolds } from '../../data/folds.ts';
import { strataOf, type Table } from '../../data/table.ts';
import type { Model } from '../../estimators/model.ts';
import { predictTable } from '../../estimators/predict-rows.ts';
import type { CrossValidated } from '../../explain/residuals.ts';

/**
 * Rows that a model has not learned from as if they were of folds: what is predicted of them tells what out-of-fold predictions tell. The
 * model has one part, which counts for all of them.
 */
export function calibrationFolds(
  model: Model,
  rows: Table,
  declaration: Declaration,
  { folds: count, seed }: { readonly folds: number; readonly seed: number },
): CrossValidated {
  const strata = strataOf(rows, declaration);
  const folds = makeFolds(rows.rows, count, seed, { ...(strata && { strata }) });
  const predictions = predictTable(model, rows);
  return { folds, predictions: folds.map(({ held }) => takePredictions(predictions, held)), foldsOfParts: [[null]] };
}
