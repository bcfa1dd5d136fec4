import type { Matrix } from '../core/matrix.ts';
import { RecordIssues } from '../data/record-issues.ts';
import { sliceRows, type Table } from '../data/table.ts';
import { unpredictedRows } from '../features/finite-predictions.ts';
import { asTargets } from '../features/log-target.ts';
import { type Preprocessor, transform } from '../features/preprocess.ts';
import { estimatorNamed } from './index.ts';
import { type FittedModel, type Member, type Model, partsOf, preprocessorOf } from './model.ts';

/** Rows that several parts predict together: few enough for all of their encodings to lie in memory at a time. */
const CHUNK_ROWS = 1024;

/** What the model says of each row of a table of features, finite or not; `unpredictedRows` tells why where it is not. */
export function predictRows(model: Model, table: Table): Float64Array {
  if (table.rows <= CHUNK_ROWS || partsOf(model).length === 1) return predictChunk(model, table);
  const predictions = new Float64Array(table.rows);
  for (let start = 0; start < table.rows; start += CHUNK_ROWS) {
    predictions.set(predictChunk(model, sliceRows(table, start, start + CHUNK_ROWS)), start);
  }
  return predictions;
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
  for (const { row, reasons } of unpredictedRows(preprocessorOf(model), table, predictions)) {
    for (const { column, message } of reasons) issues.add([...keysOf(row), ...column], () => message);
  }
  issues.throwIfAny('The prediction is not a finite number');
  return predictions;
}

function predictChunk({ intercept, members }: Model, table: Table): Float64Array {
  const encoded = new Map<Preprocessor, Matrix>();
  const predictPart = ({ estimator, state, preprocessor }: FittedModel): Float64Array => {
    let x = encoded.get(preprocessor);
    if (x === undefined) {
      x = transform(preprocessor, table);
      encoded.set(preprocessor, x);
    }
    return asTargets(preprocessor.target, estimatorNamed(estimator).predict(state, x).values);
  };
  const [first, ...others] = members as [Member, ...Member[]];
  const predictions = meanOfParts(first.parts.map(predictPart));
  // A sum of one term is that term, and 0 would turn −0 into 0.
  if (others.length === 0 && first.weight === 1 && intercept === 0) return predictions;
  for (let i = 0; i < predictions.length; i++) predictions[i] = intercept + first.weight * (predictions[i] as number);
  for (const { weight, parts } of others) {
    const means = meanOfParts(parts.map(predictPart));
    for (let i = 0; i < predictions.length; i++) {
      predictions[i] = (predictions[i] as number) + weight * (means[i] as number);
    }
  }
  return predictions;
}

/** The mean of each row, counted from the first part's prediction, so that what all parts predict is the mean. */
function meanOfParts([first, ...others]: readonly Float64Array[]): Float64Array {
  const means = first as Float64Array;
  if (others.length === 0) return means;
  for (let i = 0; i < means.length; i++) {
    const origin = means[i] as number;
    let sum = 0;
    for (const each of others) sum += (each[i] as number) - origin;
    means[i] = origin + sum / (others.length + 1);
  }
  return means;
}
