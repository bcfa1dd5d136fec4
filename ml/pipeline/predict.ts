import { type FeatureColumn, featuresOf, type NumericColumn, targetOf } from '../data/declaration.ts';
import { type FeatureRecord, recordChecker, recordEncoder } from '../data/record.ts';
import { RecordIssues } from '../data/record-issues.ts';
import type { Table } from '../data/table.ts';
import { type Model, preprocessorOf } from '../estimators/model.ts';
import { modelTitle } from '../estimators/model-title.ts';
import { predictRows, predictTable } from '../estimators/predict-rows.ts';
import { explainerOf } from '../explain/explainer.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Bounds } from '../explain/intervals.ts';
import type { Trust } from '../explain/trust.ts';
import { type UnpredictedRow, unpredictedRows } from '../features/finite-predictions.ts';
import type { Manifest } from '../release/manifest.ts';
import { type Release, readRelease } from '../release/read.ts';
import { readTrust } from '../release/trust.ts';
import { scoreOf } from '../selection/metric.ts';
import { taskOf } from '../selection/tasks/index.ts';
import { readUsableModel } from './usable-model.ts';

/** A release that predicts. */
export interface Predictor {
  /** The release's id. */
  readonly release: string;
  readonly manifest: Manifest;
  /** The chosen model, as people call it. */
  readonly modelTitle: string;
  readonly features: readonly FeatureColumn[];
  readonly target: NumericColumn;
  /** How far a prediction was off on the held-out rows, typically: in the target's unit. */
  readonly typicalError: number;
  /** What the model scores on the held-out rows by the metric that it was chosen by. */
  readonly score: { readonly title: string; readonly value: number };
  /**
   * Predicts the target of one record, or of each record of an array, in the target's unit.
   *
   * @throws DataError with an issue for each field that the declaration does not allow, or that makes a prediction
   * which is not finite; its path is the field's name, after the record's place in the array and a dot where there is one.
   */
  predict(record: unknown): number;
  predictAll(records: readonly unknown[]): Float64Array;
  /**
   * Predicts each row of a table that holds every feature.
   *
   * @throws DataError where a prediction is not finite; an issue's path is the row's index, a dot and the column.
   */
  predictTable(table: Table): Float64Array;
  /** The same for callers that tell of each row by itself: what is not finite stays, and comes with its reasons. */
  predictRows(table: Table): { readonly predictions: Float64Array; readonly unpredicted: Iterable<UnpredictedRow> };
  /**
   * The interval of each row of a table that holds every feature, in which the true value lies in 90 % of cases: its low and its
   * high end, in the target's unit. The prediction is never outside. NaN where the prediction is not finite.
   *
   * @returns null where the release has no intervals, being of an older format, or learned from too few rows
   */
  intervalsOf(table: Table): Bounds | null;
  /**
   * Explains the prediction of one record, or of each record of an array: its interval, what each column contributes, and what of the
   * record the model has not learned from. The prediction is that of `predict`, bit by bit, and a record has the same explanation
   * in whatever array it is.
   *
   * @throws DataError as `predict`
   */
  explain(record: unknown): Explanation;
  explainAll(records: readonly unknown[]): Explanation[];
  /**
   * The same of each row of a table that holds every feature.
   *
   * @throws DataError as `predictTable`
   */
  explainTable(table: Table): Explanation[];
}

/** A release in memory: plain data, so that it can be given to a thread. */
export interface LoadedRelease {
  readonly id: string;
  readonly manifest: Manifest;
  readonly model: Model;
  /** How far its predictions can be trusted; null of a release of an older format. */
  readonly trust: Trust | null;
}

/**
 * Reads the release in use in `artifacts` and checks it.
 *
 * @throws ReleaseError saying what is wrong with it.
 */
export async function loadRelease(artifacts: string): Promise<LoadedRelease> {
  return loadedRelease(await readRelease(artifacts));
}

/**
 * A release that was read, with what predicting by it needs.
 *
 * @throws ReleaseError where it holds no model that this version can use
 */
export async function loadedRelease(release: Release): Promise<LoadedRelease> {
  const { id, manifest } = release;
  const model = await readUsableModel(release);
  return { id, manifest, model, trust: await readTrust(release) };
}

/** What leads to a record in an issue's keys. */
type KeysOf = (i: number) => number[];

/** What a release in memory predicts. */
export function predictorOf({ id, manifest, model, trust }: LoadedRelease): Predictor {
  const features = featuresOf(manifest.dataset);
  const task = taskOf(manifest.dataset);
  const check = recordChecker(features);
  const encode = recordEncoder(features);
  const explainer = explainerOf(manifest.dataset, model, trust);

  const tableOf = (records: readonly unknown[], keysOf: KeysOf): Table => {
    const checked: FeatureRecord[] = [];
    const issues = new RecordIssues(features.length);
    for (const [i, record] of records.entries()) if (check(record, issues, keysOf(i))) checked.push(record);
    issues.throwIfAny('The record does not fit the declaration');
    return encode(checked);
  };
  const predict = (records: readonly unknown[], keysOf: KeysOf) =>
    predictTable(model, tableOf(records, keysOf), keysOf);
  const explainTable = (table: Table, keysOf?: KeysOf): Explanation[] => {
    const explanations = explainer.explainRows(table);
    // Which prediction is not finite, and why, is told as by `predict`.
    if (explanations.includes(null)) predictTable(model, table, keysOf);
    return explanations.filter((explanation) => explanation !== null);
  };
  const explain = (records: readonly unknown[], keysOf: KeysOf) => explainTable(tableOf(records, keysOf), keysOf);

  return {
    release: id,
    manifest,
    modelTitle: modelTitle(model),
    features,
    target: targetOf(manifest.dataset),
    typicalError: scoreOf(manifest.holdout, task.typicalError),
    score: { title: task.objective.title, value: scoreOf(manifest.holdout, task.objective) },
    predict: (record) => predict([record], () => [])[0] as number,
    predictAll: (records) => predict(records, (i) => [i]),
    predictTable: (table) => predictTable(model, table),
    predictRows: (table) => {
      const predictions = predictRows(model, table);
      return { predictions, unpredicted: unpredictedRows(preprocessorOf(model), table, predictions) };
    },
    intervalsOf: (table) => explainer.boundsOf(table),
    explain: (record) => explain([record], () => [])[0] as Explanation,
    explainAll: (records) => explain(records, (i) => [i]),
    explainTable: (table) => explainTable(table),
  };
}

/** The predictor of the release in use in `artifacts`; see `loadRelease`. */
export async function loadPredictor(artifacts: string): Promise<Predictor> {
  return predictorOf(await loadRelease(artifacts));
}
