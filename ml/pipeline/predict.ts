import { oneOutput, type Predictions } from '../core/predictions.ts';
import { type ClassTarget, featuresOf, type NumericColumn, targetOf } from '../data/declaration.ts';
import { type FeatureRecord, recordChecker, recordEncoder, unlistedFinder } from '../data/record.ts';
import { RecordIssues } from '../data/record-issues.ts';
import type { Table } from '../data/table.ts';
import { type Model, preprocessorOf } from '../estimators/model.ts';
import { modelTitle } from '../estimators/model-title.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import { classExplainer, classPredictions } from '../explain/class-explainer.ts';
import { numberExplainer } from '../explain/explainer.ts';
import type { Outside } from '../explain/explanation.ts';
import type { Trust } from '../explain/trust.ts';
import { withUnlisted } from '../explain/unlisted.ts';
import { usualOf } from '../explain/usual.ts';
import { unpredictedRows } from '../features/finite-predictions.ts';
import type { Manifest } from '../release/manifest.ts';
import { type Release, readRelease } from '../release/read.ts';
import { recordedTask } from '../release/recorded-task.ts';
import { readTrust } from '../release/trust.ts';
import { readUsableModel } from '../release/usable-model.ts';
import { scoreIfKnown } from '../selection/metric.ts';
import type { ClassPredictor, NumberPredictor, Predictor } from './predictor.ts';

/** A release in memory: plain data, so that it can be given to a thread. */
export interface LoadedRelease {
  readonly id: string;
  /** The folder that it was read from. What becomes of that changes nothing of what it predicts. */
  readonly path: string;
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
  const { id, path, manifest } = release;
  const model = await readUsableModel(release);
  return { id, path, manifest, model, trust: await readTrust(release) };
}

/** The predictor of the release in use in `artifacts`; see `loadRelease` and `predictorOf`. */
export async function loadPredictor(artifacts: string, threads?: number): Promise<Predictor> {
  return predictorOf(await loadRelease(artifacts), threads);
}

/**
 * What a release in memory predicts.
 *
 * @param threads the most that may be used for many rows, this one among them; predictions are the same for any number. @default 1
 */
export function predictorOf(release: LoadedRelease, threads = 1): Predictor {
  const target = targetOf(release.manifest.dataset);
  return 'levels' in target ? classPredictor(release, target, threads) : numberPredictor(release, target, threads);
}

function numberPredictor(release: LoadedRelease, target: NumericColumn, threads: number): NumberPredictor {
  const { manifest, model, trust } = release;
  const task = recordedTask(manifest);
  const explainer = numberExplainer(manifest.dataset, target, model, trust, threads);
  const once = predictedOnce(explainer.predicted);
  const valuesOf = ({ values }: Predictions) => values;
  return {
    ...described(release),
    task: 'regression',
    target,
    typicalError: scoreIfKnown(manifest.holdout, task.typicalError ?? task.objective),
    ...ofRecords(release, valuesOf, explainer.explainRows, threads),
    predictRows: (table) => withReasons(model, table, oneOutput(once.predict(table).predictions)),
    predictTable: (table) => predictTable(model, table, { threads }).values,
    intervalsOf: (table) => {
      const known = once.take(table);
      return known ? known.boundsOf() : explainer.boundsOf(table);
    },
  };
}

function classPredictor(release: LoadedRelease, target: ClassTarget, threads: number): ClassPredictor {
  const { manifest, model, trust } = release;
  const { levels } = target;
  const positive = manifest.positive ?? null;
  const explainer = classExplainer(manifest.dataset, { levels, positive }, model, trust, threads);
  const once = predictedOnce(explainer.predicted);
  return {
    ...described(release),
    task: levels.length === 2 ? 'binary' : 'multiclass',
    target,
    positive,
    ...ofRecords(release, (predictions) => classPredictions(levels, predictions), explainer.explainRows, threads),
    predictRows: (table) => withReasons(model, table, once.predict(table).predictions),
    predictTable: (table) => predictTable(model, table, { threads }),
    setsOf: (table) => (once.take(table) ?? explainer.predicted(table)).sets,
  };
}

function described({ id, manifest, model, trust }: LoadedRelease) {
  const { objective } = recordedTask(manifest);
  return {
    release: id,
    manifest,
    modelTitle: modelTitle(model),
    features: featuresOf(manifest.dataset),
    usual: usualOf(manifest.dataset, preprocessorOf(model), trust?.domain ?? null),
    score: { title: objective.title, value: scoreIfKnown(manifest.holdout, objective) },
  };
}

/** Predictions, finite or not, with the reasons of those that are not. */
const withReasons = (model: Model, table: Table, predictions: Predictions) => ({
  predictions,
  unpredicted: unpredictedRows(preprocessorOf(model), table, predictions),
});

/**
 * Predicts tables, of which whoever predicts one may ask next how sure that is: so what all parts of a model say of it is kept until then,
 * or until the table is gone.
 */
function predictedOnce<T>(predicted: (table: Table) => T) {
  const known = new WeakMap<Table, T>();
  return {
    predict(table: Table): T {
      const all = predicted(table);
      known.set(table, all);
      return all;
    },
    take(table: Table): T | undefined {
      const all = known.get(table);
      known.delete(table);
      return all;
    },
  };
}

/** What leads to a record in an issue's keys. */
type KeysOf = (i: number) => number[];

/**
 * Predicts and explains records, and rows of tables.
 *
 * @param told what is told of predictions: a P a row
 * @param explainRows null of a row whose prediction is not finite
 */
function ofRecords<A extends ArrayLike<unknown>, E extends { readonly outside: readonly Outside[] }>(
  { manifest, model }: LoadedRelease,
  told: (predictions: Predictions) => A,
  explainRows: (table: Table) => (E | null)[],
  threads: number,
) {
  const { dataset } = manifest;
  const features = featuresOf(dataset);
  const check = recordChecker(features, dataset);
  const encode = recordEncoder(features, dataset);
  const unlistedIn = unlistedFinder(features, dataset);
  const checked = (records: readonly unknown[], keysOf: KeysOf): FeatureRecord[] => {
    const right: FeatureRecord[] = [];
    const issues = new RecordIssues(features.length);
    for (let i = 0; i < records.length; i++) {
      const record = records[i];
      if (check(record, issues, keysOf(i))) right.push(record);
    }
    issues.throwIfAny('The record does not fit the declaration');
    return right;
  };
  const predict = (records: readonly unknown[], keysOf: KeysOf) =>
    told(predictTable(model, encode(checked(records, keysOf)), { keysOf, threads }));
  const explainTable = (table: Table, keysOf?: KeysOf): E[] => {
    const explanations = explainRows(table);
    // Which prediction is not finite, and why, is told as by `predict`.
    if (explanations.includes(null)) predictTable(model, table, { keysOf });
    return explanations.filter((explanation) => explanation !== null);
  };
  const explain = (given: readonly unknown[], keysOf: KeysOf): E[] => {
    const records = checked(given, keysOf);
    return explainTable(encode(records), keysOf).map((explanation, i) =>
      withUnlisted(
        explanation,
        unlistedIn(({ name }) => records[i]?.[name]),
      ),
    );
  };
  return {
    predict: (record: unknown) => predict([record], () => [])[0] as A[number],
    predictAll: (records: readonly unknown[]) => predict(records, (i) => [i]),
    tableOf: (records: readonly unknown[]) => encode(checked(records, (i) => [i])),
    explain: (record: unknown) => explain([record], () => [])[0] as E,
    explainAll: (records: readonly unknown[]) => explain(records, (i) => [i]),
    explainTable: (table: Table) => explainTable(table),
  };
}

/**
 * The same predictor, for callers that tell of numbers alone.
 *
 * @throws Error where it predicts classes
 */
export function ofNumbers(predictor: Predictor): NumberPredictor {
  if (predictor.task === 'regression') return predictor;
  throw new Error(`release ${predictor.release} predicts classes`);
}
