import { join } from 'node:path';
import { checkDeclaration, type Declaration } from '../../data/declaration.ts';
import { declaredSchema, mergeEdits } from '../../data/inference/merge-edits.ts';
import { readJsonFile } from '../../data/json-file.ts';
import type { DatasetPlace } from './dataset-place.ts';
import { declareTable, type InitResult, type Wanted } from './init-dataset.ts';
import { readRecord } from './init-record.ts';
import { type ReadTable, readTable } from './read-table.ts';
import { writeDataset } from './write-dataset.ts';

/** A data set whose declaration was brought up to date. */
export interface UpdateResult extends InitResult {
  /** What is new in the declaration, in sentences. */
  readonly changes: readonly string[];
  /** Where an edit wins over what init would say. */
  readonly conflicts: readonly string[];
}

/**
 * Reads a data set's file again, or another one in its place, and brings its declaration up to date: whatever was edited stays.
 *
 * @param source the file
 * @param dayOrder of dates that leave it open
 * @throws DataError where the declaration that is there, or the one that comes of it, is wrong
 */
export async function updateDataset(
  source: string,
  table: ReadTable,
  place: DatasetPlace,
  dayOrder: Wanted['dayOrder'],
): Promise<UpdateResult> {
  const { folder } = place;
  const path = join(folder, 'dataset.json');
  const text = await readJsonFile(path);
  const mine = checkDeclaration(text, path);
  const wanted = { ...wantedOf(mine), dayOrder };
  const theirs = declareTable(table, place, wanted);
  const record = await readRecord(folder);
  // Where nothing tells what init said before, it says it again of the file that is there.
  const before =
    record?.declaration ??
    declareTable(await readTable(join(folder, mine.file)), { ...place, file: mine.file }, wanted).json;
  const [base, edited, now] = [before, text, theirs.json].map((each) => declaredSchema.parse(each));
  if (!base || !edited || !now) throw new Error('there are three declarations');
  const { declaration, changes, conflicts } = mergeEdits(base, edited, now);
  const checked = checkDeclaration(declaration, `what ${path} would become`);
  await writeDataset({ folder, source, file: checked.file, declaration, made: theirs.json }, true);
  const { decisions, look } = theirs;
  return { folder, rows: table.summary.rows, declaration: checked, decisions, look, changes, conflicts };
}

/** What a declaration says of its columns, by their headers. */
function wantedOf({ columns, target, positive, weight, group, time }: Declaration): Wanted {
  const headerOf = (name: string) => columns.find((column) => column.name === name)?.header ?? name;
  const named = { weight, group, time };
  const roles = Object.entries(named).flatMap(([role, name]) =>
    name === undefined ? [] : [[role, headerOf(name)] as const],
  );
  return { target: headerOf(target), ...(positive !== undefined && { positive }), ...Object.fromEntries(roles) };
}
