import { lowerBound } from '../core/binary-search.ts';
import { NumbersByHash } from '../core/numbers-by-hash.ts';
import { numberGroups } from '../core/relations.ts';
import { RowHash } from '../core/row-hash.ts';
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
  const { files, dataset, imported } = release.manifest;
  // What it has learned from elsewhere, nobody says.
  if (imported) return undefined;
  const every = Uint32Array.from({ length: test.rows }, (_, row) => row);
  if (files.train.sha256 === (await csvHash(declaration, train))) return every;
  if (!hasRows(release)) return undefined;
  const learned = await readRowsOf(release, 'train');
  const known = new Set(storedColumns(dataset).map(({ name }) => name));
  const names = storedColumns(declaration)
    .map(({ name }) => name)
    .filter((name) => known.has(name));
  const left = new RowCounts(hashesOf(declaration, all, names));
  for (const hash of hashesOf(withTextsOf(dataset, declaration), learned, names)) left.take(hash);
  const hashes = hashesOf(declaration, test, names);
  const isRowNew = (row: number) => left.take(hashes[row] as number);
  const isGroupNew = groupTest(declaration, test, dataset, learned);
  const isLater = timeTest(declaration, test, learned);
  return every.filter(isRowNew).filter((row) => isGroupNew(row) && isLater(row));
}

const columnNamed = ({ columns }: Declaration, name: string) => columns.find((column) => column.name === name);

/** A hash of what each row holds in these columns: of a million rows, their texts would take hundreds of megabytes. */
function hashesOf(declaration: Declaration, table: Table, names: readonly string[]): Float64Array {
  const columns = names.map((name) => columnNamed(declaration, name) as Column);
  const lines = tableLines({ ...declaration, columns }, table);
  // The header.
  lines.next();
  const hashes = new Float64Array(table.rows);
  const hash = new RowHash();
  let row = 0;
  for (const cells of lines) {
    for (const cell of cells) hash.addText(cell);
    hashes[row++] = hash.take();
  }
  return hashes;
}

/** How many rows there are of each hash, in 12 bytes of each. */
class RowCounts {
  /** Ascending, each once. */
  readonly #hashes: Float64Array;
  readonly #counts: Int32Array;

  /** @param hashes of the rows, which are sorted */
  constructor(hashes: Float64Array) {
    hashes.sort();
    const counts = new Int32Array(hashes.length);
    let last = -1;
    for (const hash of hashes) {
      if (last === -1 || hashes[last] !== hash) hashes[++last] = hash;
      counts[last] = (counts[last] as number) + 1;
    }
    this.#hashes = hashes.subarray(0, last + 1);
    this.#counts = counts.subarray(0, last + 1);
  }

  /** Takes one away, and returns whether there was one. */
  take(hash: number): boolean {
    const at = lowerBound(this.#hashes, hash);
    if (this.#hashes[at] !== hash) return false;
    const count = this.#counts[at] as number;
    this.#counts[at] = count - 1;
    return count > 0;
  }
}

/** Whether a row's group has no row among those that were learned from; a row without one belongs to no other. */
function groupTest(declaration: Declaration, test: Table, dataset: Declaration, learned: Table) {
  const { group } = declaration;
  if (group === undefined) return () => true;
  const known = new NumbersByHash();
  const hash = new RowHash();
  const hashOf = (text: string) => {
    hash.addText(text);
    return hash.take();
  };
  const writeLearned = textWriter(dataset, group, learned);
  const codes = columnOf(learned, group);
  const { groupOf, count } = numberGroups(codes);
  for (let row = 0, seen = 0; seen < count; row++) {
    // Groups are numbered as they come.
    if (groupOf[row] !== seen) continue;
    known.set(hashOf(writeLearned(codes[row] as number)), 1);
    seen += 1;
  }
  const write = textWriter(declaration, group, test);
  const groups = columnOf(test, group);
  return (row: number) => {
    const text = write(groups[row] as number);
    return text === '' || known.get(hashOf(text)) === undefined;
  };
}

const textWriter = (declaration: Declaration, name: string, table: Table): ((value: number) => string) =>
  cellWriter(columnNamed(declaration, name) as Column, table);

/** Whether a row is later than all that were learned from. */
function timeTest({ time }: Declaration, test: Table, learned: Table) {
  if (time === undefined) return () => true;
  const latest = columnOf(learned, time).reduce((a, b) => Math.max(a, b), -Infinity);
  const times = columnOf(test, time);
  return (row: number) => (times[row] as number) > latest;
}
