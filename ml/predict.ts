import type { Table } from './data/table.ts';
import { type Column, featuresOf, type NumericColumn, targetOf } from './dataset.ts';
import { DataError, type Issue, ReleaseError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { predictTable, readModel } from './model.ts';
import { type FeatureRecord, recordEncoder, recordIssues, recordSchema } from './record.ts';
import { regressorNamed, regressorNames } from './regressors/index.ts';
import { readRelease } from './release.ts';

// Enough to mend a record by; an answer must not grow to many times the request.
const MAX_ISSUES = 100;

/** A release that predicts. */
export interface Predictor {
  /** The release's id. */
  readonly release: string;
  readonly manifest: Manifest;
  /** The chosen model, as people call it. */
  readonly modelTitle: string;
  readonly features: readonly Column[];
  readonly target: NumericColumn;
  /**
   * Predicts the target of one record, or of each record of an array, in the target's unit.
   *
   * @throws DataError with an issue for each field that the declaration does not allow; its path
   * is the field's name, after the record's place in the array and a dot where there is an array.
   */
  predict(record: unknown): number;
  predictAll(records: readonly unknown[]): Float64Array;
  /** Predicts each row of a table that holds every feature. */
  predictTable(table: Table): Float64Array;
}

/**
 * Reads the release in use in `artifacts` and checks it.
 *
 * @throws ReleaseError saying what is wrong with it.
 */
export async function loadPredictor(artifacts: string): Promise<Predictor> {
  const { id, path, manifest } = await readRelease(artifacts);
  const model = await readModel(path);
  const { regressor } = model;
  if (!regressorNames.includes(regressor)) {
    throw new ReleaseError(`release ${id} needs the regressor ${regressor}, which this version of Plumbline lacks`);
  }
  const features = featuresOf(manifest.dataset);
  const schema = recordSchema(features);
  const encode = recordEncoder(features);

  const check = (records: readonly unknown[], prefixOf: (i: number) => number[]): FeatureRecord[] => {
    const checked: FeatureRecord[] = [];
    const issues: Issue[] = [];
    for (const [i, record] of records.entries()) {
      const { data, error } = schema.safeParse(record);
      if (data) checked.push(data);
      else issues.push(...recordIssues(error, prefixOf(i)));
      if (issues.length >= MAX_ISSUES) break;
    }
    if (issues.length > 0) throw new DataError('The record does not fit the declaration', { issues });
    return checked;
  };
  const predictChecked = (records: readonly FeatureRecord[]) => predictTable(model, encode(records));

  return {
    release: id,
    manifest,
    modelTitle: regressorNamed(regressor).title,
    features,
    target: targetOf(manifest.dataset),
    predict: (record) => predictChecked(check([record], () => []))[0] as number,
    predictAll: (records) => predictChecked(check(records, (i) => [i])),
    predictTable: (table) => predictTable(model, table),
  };
}
