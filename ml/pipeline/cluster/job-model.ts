// XGBoost's model of a job as a fit of our estimator xgboost, which predicts the same numbers.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, ReleaseError } from '../../core/errors.ts';
import type { PlainData } from '../../core/plain-data.ts';
import { featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { classCountOf } from '../../data/task-kind.ts';
import { FileValue } from '../../estimators/import/file-values.ts';
import type { ImportedModel } from '../../estimators/import/imported-model.ts';
import { readXgboost } from '../../estimators/import/xgboost/read-model.ts';
import { estimatorNamed } from '../../estimators/index.ts';
import type { FittedModel } from '../../estimators/model.ts';
import { resolveParams } from '../../estimators/params.ts';
import { type ColumnEncoding, MOST_LEVELS } from '../../features/column-encoding.ts';
import { widthOf } from '../../features/encoded-rows.ts';
import type { Trees } from '../../trees/trees.ts';
import { type JobColumn, type JobSummary, resultFiles } from './job-results.ts';

const ESTIMATOR = 'xgboost';

/** @throws ReleaseError where the model is none of the job's columns */
export async function readJobModel(folder: string, summary: JobSummary): Promise<FittedModel> {
  const path = join(folder, resultFiles.model);
  try {
    const imported = readXgboost(new FileValue(JSON.parse(await readFile(path, 'utf8')), 'model'));
    return fittedModel(imported, summary);
  } catch (error) {
    if (!(error instanceof DataError || error instanceof SyntaxError)) throw error;
    throw new ReleaseError(`${path} is no model of a training on a cluster: ${error.message}`, { cause: error });
  }
}

function fittedModel(imported: ImportedModel, summary: JobSummary): FittedModel {
  const { declaration, task, params } = summary;
  const columns = encodingsOf(summary);
  const width = columns.reduce((sum, encoding) => sum + widthOf(encoding), 0);
  if (imported.features.length !== width)
    throw new DataError(`it has ${imported.features.length} features, and the columns make ${width}`);
  return {
    estimator: ESTIMATOR,
    task,
    params: resolveParams(ESTIMATOR, estimatorNamed(ESTIMATOR, task).params, params),
    features: [],
    preprocessor: { recipes: [], columns, target: null },
    state: stateOf(imported, classCountOf(declaration)),
  };
}

/** As the estimator has its rows: numbers as they are, and a column for each of the levels that are seen most. */
function encodingsOf({ declaration, columns }: JobSummary): ColumnEncoding[] {
  const byName = new Map(columns.map((column) => [column.column, column]));
  return featuresOf(declaration).map((column): ColumnEncoding => {
    const learned = byName.get(column.name);
    const { levels } = kindOf(column);
    const { name } = column;
    if (learned && 'scale' in learned && !levels) {
      const { impute, mean, scale } = learned;
      return { column: name, kind: 'numeric', as: 'raw', missing: 'kept', impute, mean, scale };
    }
    if (learned && 'seen' in learned && levels)
      return {
        column: name,
        kind: 'categorical',
        as: 'one-hot',
        missing: 'kept',
        impute: learned.impute,
        levels,
        seen: mostSeen(learned),
      };
    throw new DataError(`there is nothing of the column ${name}`);
  });
}

function mostSeen({ seen, weights }: JobColumn & { kind: 'categorical' }): number[] {
  const places = [...seen.keys()].sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
  return places
    .slice(0, MOST_LEVELS)
    .map((place) => seen[place] as number)
    .sort((a, b) => a - b);
}

function stateOf(imported: ImportedModel, classes: number): PlainData {
  const { bases, link } = imported;
  const trees = treesOf(imported);
  if (classes === 0) return { base: bases[0] as number, trees, link: link === 'exp' ? 'log' : 'identity' };
  if (bases.length !== (classes === 2 ? 1 : classes))
    throw new DataError(`it has ${bases.length} outputs for ${classes} classes`);
  return { classes, present: Array.from({ length: classes }, (_, k) => k), fitted: { bases: [...bases], trees } };
}

/** Its trees by the features themselves, which each input is one of. */
function treesOf({ body }: ImportedModel): Trees {
  if (body.kind !== 'trees') throw new DataError('it has no trees');
  const featureOf = body.inputs.map((input) => {
    if (input.kind === 'number' && input.missing === 'kept') return input.feature;
    throw new DataError('its trees compare something else than numbers');
  });
  const feature = body.trees.feature.map((input) => (input < 0 ? input : (featureOf[input] as number)));
  return { ...body.trees, feature };
}
