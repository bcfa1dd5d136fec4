import type { PlainData } from '../core/plain-data.ts';
import { RecordIssues } from '../data/record-issues.ts';
import type { Table } from '../data/table.ts';
import { unpredictedRows } from '../features/finite-predictions.ts';
import { type Preprocessor, transform } from '../features/preprocess.ts';
import { estimatorNamed } from './index.ts';
import type { ParamValues } from './params.ts';

/** A fitted model with all that prediction needs; plain data throughout. */
export interface Model {
  readonly estimator: string;
  readonly params: ParamValues;
  readonly preprocessor: Preprocessor;
  readonly state: PlainData;
}

/** What the model says of each row of a table of features, finite or not; `unpredictedRows` tells why where it is not. */
export function predictRows({ estimator, state, preprocessor }: Model, table: Table): Float64Array {
  return estimatorNamed(estimator).predict(state, transform(preprocessor, table)).values;
}

/**
 * One finite prediction for each row of a table of features.
 *
 * @param keysOf what leads to a row in an issue's keys, before the column to blame. @default its index
 * @throws DataError where a prediction is not finite.
 */
export function predictTable(
  model: Model,
  table: Table,
  keysOf: (row: number) => readonly number[] = (row) => [row],
): Float64Array {
  const predictions = predictRows(model, table);
  const issues = new RecordIssues();
  for (const { row, reasons } of unpredictedRows(model.preprocessor, table, predictions)) {
    for (const { column, message } of reasons) issues.add([...keysOf(row), ...column], () => message);
  }
  issues.throwIfAny('The prediction is not a finite number');
  return predictions;
}
