import { type Declaration, featuresOf } from '../../data/declaration.ts';
import { featureKindOf } from '../../data/kinds/index.ts';
import type { Table } from '../../data/table.ts';
import { taskKindOf } from '../../data/task-kind.ts';
import { importedNames } from '../../estimators/import/imported-estimators.ts';
import type { ImportedModel } from '../../estimators/import/imported-model.ts';
import type { ImportedState } from '../../estimators/import/imported-state.ts';
import { type Model, singleModel } from '../../estimators/model.ts';
import { type ColumnEncoding, fitEncodings } from '../../features/column-encoding.ts';
import { matchClasses } from './match-classes.ts';
import { type MatchedFeature, matchFeatures } from './match-features.ts';

export interface BindOptions {
  /** Of the model's features, in its own order. @default as the file has them */
  readonly features?: readonly string[] | undefined;
  /** The model's classes, in its own order. @default as the file has them */
  readonly classes?: readonly string[] | undefined;
}

/** A model of ours that predicts as an imported one does, of the columns of a declaration. */
export interface BoundModel {
  readonly features: readonly MatchedFeature[];
  /** The model. @param rows from which is learned what is usual of columns, for forms; it has no part in predictions */
  modelFor(rows: Table): Model;
}

/** @throws DataError where its features or classes are not those of the declaration */
export function bindModel(
  imported: ImportedModel,
  declaration: Declaration,
  { features, classes }: BindOptions,
): BoundModel {
  const matched = matchFeatures(imported.features, declaration, features);
  const { body, bases, precision, link, linkScale = 1, format } = imported;
  const state: ImportedState = {
    sources: matched.map(({ source }) => source),
    body,
    bases,
    precision,
    link,
    linkScale,
    classes: matchClasses(imported, declaration, classes),
  };
  const encoding = { categories: 'codes', numbers: 'raw', missing: 'kept' } as const;
  return {
    features: matched,
    modelFor: (rows) =>
      singleModel({
        estimator: importedNames[format.name],
        task: taskKindOf(declaration),
        params: { version: format.version, objective: format.objective },
        features: [],
        preprocessor: {
          recipes: [],
          columns: rows.rows > 0 ? fitEncodings(declaration, rows, [], encoding) : unknownColumns(declaration),
          target: null,
        },
        state,
      }),
  };
}

/** Columns of which nothing is known but what is declared. */
function unknownColumns(declaration: Declaration): ColumnEncoding[] {
  return featuresOf(declaration).map((column) => {
    const { levels, limits } = featureKindOf(column);
    const of = { column: column.name, missing: 'kept' } as const;
    if (levels) return { ...of, kind: 'categorical', as: 'codes', impute: 0, levels: [...levels] };
    const impute = Math.min(Math.max(0, limits.min ?? 0), limits.max ?? 0);
    return { ...of, kind: 'numeric', as: 'raw', impute: Number.isFinite(impute) ? impute : 0, mean: impute, scale: 1 };
  });
}
