import { checkDeclaration, type Declaration } from '../../data/declaration.ts';
import { titleOf } from '../../data/inference/column-names.ts';
import { type Decided, decide } from '../../data/inference/decide.ts';
import type { DayOrder } from '../../data/inference/decide-date.ts';
import type { WantedTask } from '../../data/inference/decide-target.ts';
import type { Decision } from '../../data/inference/decision.ts';
import type { WantedRoles } from '../../data/inference/roles.ts';
import { type DatasetPlace, schemaFor } from './dataset-place.ts';
import type { ReadTable } from './read-table.ts';
import { writeDataset } from './write-dataset.ts';

/** What somebody says of a file's columns. */
export interface Wanted extends WantedRoles {
  /** The header or the name of the column to predict. */
  readonly target: string;
  readonly task?: WantedTask | undefined;
  readonly positive?: string | undefined;
  readonly dayOrder?: DayOrder | undefined;
}

/** A data set that was made of a file. */
export interface InitResult {
  readonly folder: string;
  readonly rows: number;
  readonly declaration: Declaration;
  readonly decisions: readonly Decision[];
  /** What somebody should look at that is of no single column. */
  readonly look: readonly string[];
}

/** What init says of a file, checked as any declaration. */
export interface Made extends Decided {
  /** What dataset.json says. */
  readonly json: object;
  readonly checked: Declaration;
}

/**
 * Decides what the columns of a file are.
 *
 * @throws ParamError where an option names no column, or one that cannot be what it is named for. @throws DataError where the target cannot be predicted
 */
export function declareTable(
  { summary, reading }: ReadTable,
  { folder, name, file }: DatasetPlace,
  wanted: Wanted,
): Made {
  const delimiter = (reading.format ?? 'csv') === 'csv' ? (reading.delimiter ?? ',') : undefined;
  const decided = decide(summary, {
    ...wanted,
    name,
    title: titleOf(name.replaceAll('-', ' ')),
    file,
    reading,
    delimiter,
  });
  const $schema = schemaFor(folder);
  const json = { ...($schema !== undefined && { $schema }), ...decided.declaration };
  return { ...decided, json, checked: checkDeclaration(json, `what init says of ${file}`) };
}

/**
 * Makes a data set of a file: its folder holds the file and a declaration of its columns.
 *
 * @param isForced whether a data set that is there may be replaced
 * @throws ParamError, DataError as `declareTable` does. @throws DataError where a data set is there already
 */
export async function initDataset(
  source: string,
  table: ReadTable,
  place: DatasetPlace,
  wanted: Wanted,
  isForced: boolean,
): Promise<InitResult> {
  const { json, checked, decisions, look } = declareTable(table, place, wanted);
  const { folder, file } = place;
  await writeDataset({ folder, source, file, declaration: json, made: json }, isForced);
  return { folder, rows: table.summary.rows, declaration: checked, decisions, look };
}
