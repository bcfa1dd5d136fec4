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

const predictChunk = (model: Model, table: Table) => combineParts(model, predictParts(model, table));

/** What the parts of a model predict of the same rows: a list for each member, an array for each of its parts. */
export type PartPredictions = readonly (readonly Float64Array[])[];

/** What each part says of each row of a table of features, few enough for all of their encodings to lie in memory. */
export function predictParts({ members }: Model, table: Table): PartPredictions {
  const encoded = new Map<Preprocessor, Matrix>();
  const predictPart = ({ estimator, task, state, preprocessor }: FittedModel): Float64Array => {
    let x = encoded.get(preprocessor);
    if (x === undefined) {
      x = transform(preprocessor, table);
      encoded.set(preprocessor, x);
    }
    return asTargets(preprocessor.target, estimatorNamed(estimator, task).predict(state, x).values);
  };
  return members.map(({ parts }) => parts.map(predictPart));
}

/** What a model predicts by what its parts do; of each member, some of its parts are enough. */
export function combineParts({ intercept, members }: Model, parts: PartPredictions): Float64Array {
  const means = parts.map(meanOfParts);
  const [first] = means as [Float64Array];
  const [{ weight }] = members as [Member];
  // A sum of one term is that term, and 0 would turn −0 into 0.
  if (members.length === 1 && weight === 1 && intercept === 0) return first;
  const predictions = first.map((value) => intercept + weight * value);
  for (const [j, { weight }] of members.entries()) {
    if (j === 0) continue;
    const own = means[j] as Float64Array;
    for (let i = 0; i < predictions.length; i++) {
      predictions[i] = (predictions[i] as number) + weight * (own[i] as number);
    }
  }
  return predictions;
}

/** The mean of each row, counted from the first part's prediction, so that what all parts predict is the mean. */
function meanOfParts([first, ...others]: readonly Float64Array[]): Float64Array {
  if (others.length === 0) return first as Float64Array;
  return (first as Float64Array).map((origin, i) => {
    let sum = 0;
    for (const each of others) sum += (each[i] as number) - origin;
    return origin + sum / (others.length + 1);
  });
}
