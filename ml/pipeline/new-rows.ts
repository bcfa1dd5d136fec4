import { type Column, type Declaration, storedColumns } from '../data/declaration.ts';
import { cellWriter, columnOf, type Table, tableLines } from '../data/table.ts';
import type { Release } from '../release/read.ts';
import { hasRows, readRowsOf } from '../release/rows.ts';
import type { Rows } from '../selection/rows.ts';
import { csvHash } from './csv-hash.ts';
import { withTextsOf } from './read-as.ts';

/**
 * Which of the held-out rows of a training are new to a release as well: rows that it did not learn from, of groups that it did
 * not learn from, later than all that it learned from; ascending.
 *
 * Rows are told by their content. Of rows that are alike, as many are new as there are more of them than it learned from.
 *
 * @param release of columns that are called alike
 * @returns undefined where that cannot be told, since the release lacks its rows
 * @throws ReleaseError where its rows cannot be read
 */
export async function newRows(
  release: Release,
  { declaration, all, train, test }: Rows,
): Promise<Uint32Array | undefined> {
  const { files, dataset } = release.manifest;
  const every = Uint32Array.from({ length: test.rows }, (_, row) => row);
  if (files.train.sha256 === (await csvHash(declaration, train))) return every;
  if (!hasRows(release)) return undefined;
  const learned = await readRowsOf(release, 'train');
  const known = new Set(storedColumns(dataset).map(({ name }) => name));
  const names = storedColumns(declaration)
    .map(({ name }) => name)
    .filter((name) => known.has(name));
  const left = new Map<string, number>();
  const add = (key: string, count: number) => left.set(key, (left.get(key) ?? 0) + count);
  for (const key of keysOf(declaration, all, names)) add(key, 1);
  for (const key of keysOf(withTextsOf(dataset, declaration), learned, names)) add(key, -1);
  const keys = [...keysOf(declaration, test, names)];
  const isRowNew = (row: number) => {
    const key = keys[row] as string;
    const isLeft = (left.get(key) as number) > 0;
    add(key, -1);
    return isLeft;
  };
  const isGroupNew = groupTest(declaration, test, dataset, learned);
  const isLater = timeTest(declaration, test, learned);
  return every.filter(isRowNew).filter((row) => isGroupNew(row) && isLater(row));
}

const columnNamed = ({ columns }: Declaration, name: string) => columns.find((column) => column.name === name);

/** What each row holds in these columns, as a text. */
function* keysOf(declaration: Declaration, table: Table, names: readonly string[]): Generator<string> {
  const columns = names.map((name) => columnNamed(declaration, name) as Column);
  const lines = tableLines({ ...declaration, columns }, table);
  // The header.
  lines.next();
  for (const cells of lines) yield JSON.stringify(cells);
}

/** Whether a row's group has no row among those that were learned from; a row without one belongs to no other. */
function groupTest(declaration: Declaration, test: Table, dataset: Declaration, learned: Table) {
  const { group } = declaration;
  if (group === undefined) return () => true;
  const known = new Set(textsOf(dataset, group, learned));
  const groups = textsOf(declaration, group, test);
  return (row: number) => groups[row] === '' || !known.has(groups[row] as string);
}

function textsOf(declaration: Declaration, name: string, table: Table): string[] {
  const write = cellWriter(columnNamed(declaration, name) as Column, table);
  return Array.from(columnOf(table, name), write);
}

/** Whether a row is later than all that were learned from. */
function timeTest({ time }: Declaration, test: Table, learned: Table) {
  if (time === undefined) return () => true;
  const latest = columnOf(learned, time).reduce((a, b) => Math.max(a, b), -Infinity);
  const times = columnOf(test, time);
  return (row: number) => (times[row] as number) > latest;
}
