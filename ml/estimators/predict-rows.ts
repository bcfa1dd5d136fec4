import type { Matrix } from '../core/matrix.ts';
import type { Predictions } from '../core/predictions.ts';
import { RecordIssues } from '../data/record-issues.ts';
import { sliceRows, type Table } from '../data/table.ts';
import { widthOf } from '../features/encoded-rows.ts';
import { unpredictedRows } from '../features/finite-predictions.ts';
import { asTargets } from '../features/log-target.ts';
import { type Preprocessor, transform } from '../features/preprocess.ts';
import { calibrate, normaliseRows } from './calibration/calibrate.ts';
import { estimatorNamed } from './index.ts';
import { type FittedModel, type Member, type Model, partsOf, preprocessorOf } from './model.ts';

/** Rows that several parts predict together: few enough for all of their encodings to lie in memory at a time. */
const CHUNK_ROWS = 1024;
/** Rows that a single part predicts together, and numbers that their encoding has then: 64 MB, however wide rows are. */
const CHUNK_OF_ONE = 2 ** 16;
const CELLS_OF_ONE = 2 ** 23;

/**
 * What the model says of each row of a table of features, finite or not; `unpredictedRows` tells why where it is not.
 *
 * @param threads the most that may be used. @default 1
 */
export function predictRows(model: Model, table: Table, threads = 1): Predictions {
  const { rows } = table;
  if (rows <= CHUNK_ROWS) return predictChunk(model, table, threads);
  const chunk = chunkFor(partsOf(model));
  if (rows <= chunk) return predictChunk(model, table, threads);
  const first = predictChunk(model, sliceRows(table, 0, chunk), threads);
  const { outputs } = first;
  const values = new Float64Array(rows * outputs);
  values.set(first.values);
  for (let start = chunk; start < rows; start += chunk) {
    values.set(predictChunk(model, sliceRows(table, start, start + chunk), threads).values, start * outputs);
  }
  return { rows, outputs, values };
}

/** How many rows parts predict together. */
function chunkFor(parts: readonly FittedModel[]): number {
  const [only, ...others] = parts;
  if (!only || others.length > 0) return CHUNK_ROWS;
  const width = only.preprocessor.columns.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  return Math.max(CHUNK_ROWS, Math.min(CHUNK_OF_ONE, Math.floor(CELLS_OF_ONE / width)));
}

interface PredictTableOptions {
  /** What leads to a row in an issue's keys, before the column to blame. @default its index */
  readonly keysOf?: ((row: number) => readonly number[]) | undefined;
  /** The most that may be used. @default 1 */
  readonly threads?: number;
}

/**
 * What the model says of each row of a table of features, all of it finite.
 *
 * @throws DataError where a prediction is not finite.
 */
export function predictTable(model: Model, table: Table, { keysOf, threads }: PredictTableOptions = {}): Predictions {
  const predictions = predictRows(model, table, threads);
  refuseUnpredicted(model, table, predictions, keysOf);
  return predictions;
}

/** @throws DataError where a prediction is not finite, as `predictTable` does */
export function refuseUnpredicted(
  model: Model,
  table: Table,
  predictions: Predictions,
  keysOf: (row: number) => readonly number[] = (row) => [row],
): void {
  const issues = new RecordIssues();
  for (const { row, reasons } of unpredictedRows(preprocessorOf(model), table, predictions)) {
    for (const { column, message } of reasons) issues.add([...keysOf(row), ...column], () => message);
  }
  issues.throwIfAny('The prediction is not a finite number');
}

const predictChunk = (model: Model, table: Table, threads: number) =>
  combineParts(model, predictParts(model, table, threads));

/** What the parts of a model predict of the same rows: a list for each member, an element for each of its parts. */
export type PartPredictions = readonly (readonly Predictions[])[];

/** What each part says of each row of a table of features, few enough for all of their encodings to lie in memory. */
export function predictParts({ members }: Model, table: Table, threads = 1): PartPredictions {
  const encoded = new Map<Preprocessor, Matrix>();
  const predictPart = ({ estimator, task, state, preprocessor }: FittedModel): Predictions => {
    let x = encoded.get(preprocessor);
    if (x === undefined) {
      x = transform(preprocessor, table);
      encoded.set(preprocessor, x);
    }
    const { values, ...of } = estimatorNamed(estimator, task).predict(state, x, threads);
    return { ...of, values: asTargets(preprocessor.target, values) };
  };
  return members.map(({ parts }) => parts.map(predictPart));
}

/** What a model predicts by what its parts do; of each member, some of its parts are enough. */
export function combineParts(model: Model, parts: PartPredictions): Predictions {
  const combined = addUp(model, parts);
  return model.calibration ? calibrate(model.calibration, combined) : combined;
}

/** The same before it is calibrated. */
export function addUp({ intercept, members }: Model, parts: PartPredictions): Predictions {
  const means = parts.map(meanOfParts);
  const [first] = means as [Predictions];
  const [{ weight }] = members as [Member];
  // A sum of one term is that term, and 0 would turn −0 into 0.
  if (members.length === 1 && weight === 1 && intercept === 0) return first;
  const values = first.values.map((value) => intercept + weight * value);
  for (const [j, { weight }] of members.entries()) {
    if (j === 0) continue;
    const own = (means[j] as Predictions).values;
    for (let at = 0; at < values.length; at++) {
      values[at] = (values[at] as number) + weight * (own[at] as number);
    }
  }
  return normaliseRows({ ...first, values });
}

/** The mean of each number, counted from the first part's, so that what all parts predict is the mean. */
function meanOfParts([first, ...others]: readonly Predictions[]): Predictions {
  const { values, ...of } = first as Predictions;
  if (others.length === 0) return first as Predictions;
  const means = values.map((origin, at) => {
    let sum = 0;
    for (const each of others) sum += (each.values[at] as number) - origin;
    return origin + sum / (others.length + 1);
  });
  return normaliseRows({ ...of, values: means });
}
