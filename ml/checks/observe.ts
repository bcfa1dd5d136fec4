import { AlikeRows } from '../core/alike-rows.ts';
import type { Issue } from '../core/errors.ts';
import { RowHash } from '../core/row-hash.ts';
import { type Column, type Declaration, featuresOf, storedColumns, weightOf } from '../data/declaration.ts';
import { readingOf } from '../data/ingest.ts';
import { IssueLog } from '../data/issue-log.ts';
import type { CellReading } from '../data/kinds/reading.ts';
import type { Reading } from '../data/sources/reading.ts';
import { openRows } from '../data/sources/row-source.ts';
import { classCountOf } from '../data/task-kind.ts';
import { ColumnReader } from './column-reader.ts';
import { checkHeader } from './match-header.ts';
import type { Profile } from './profile.ts';
import { EffectiveSize } from './statistics/effective-size.ts';

/** Progress is told after so many rows. */
const ROWS_AT_A_TIME = 10_000;
/** So many different rows are told apart, in 270 MB, and twice that as their table grows; of more of them a share is looked at. */
const TOLD_APART = 2 ** 23;

/** What the rows of a file are like, seen once as they stream by. */
export interface Observation {
  readonly name: string;
  readonly header: readonly string[];
  readonly headerIssues: readonly Issue[];
  /** Headers that the declaration does not name. */
  readonly undeclared: readonly string[];
  /** Columns that are there, by name. */
  readonly columns: ReadonlyMap<string, ColumnReader>;
  /** Rows that mean nothing as a whole. */
  readonly unreadable: { readonly rows: number; readonly log: IssueLog };
  /** Rows of the file; those that have no target; and those of weight 0. Neither of the two counts. */
  readonly rows: number;
  readonly dropped: number;
  readonly weightless: number;
  /** Undefined where nobody asked for it. */
  readonly alike: Alike | undefined;
  /** How many independent rows tell as much as those that count, and what makes of a sum of weights as many. */
  readonly effectiveRows: number;
  readonly scale: number;
}

/** Rows that are alike. */
interface Alike {
  /** Those that are as an earlier one in every column; and those that are in every feature, of another class. */
  readonly repeated: number;
  readonly contradicting: number;
  /** Whether all rows were looked at, and not a share of them. */
  readonly isExact: boolean;
}

/** What is to be seen in rows. */
interface Sought {
  readonly declaration: Declaration;
  /** How cells are written. @default as declared; numbers in memory as JavaScript writes them */
  readonly reading?: Reading & CellReading;
  /** Whether rows that are alike are counted, and how many different ones are told apart. @default none is */
  readonly alike?: 'counted' | { readonly toldApart: number } | undefined;
  /** What counts the values of a column; undefined where nothing need. */
  readonly profileFor: (column: Column) => Profile | undefined;
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Reads rows once, in bounded memory, and goes on past what is wrong with them.
 *
 * @param data the path of a CSV, or an object for each row
 * @throws DataError if there is no such file, or no header in it
 */
export async function observe(
  data: string | readonly object[],
  { declaration, reading = readingOf(data, declaration), alike, profileFor, onProgress }: Sought,
): Promise<Observation> {
  const { name, place, header, rows: source } = await openRows(data, reading);
  const weight = weightOf(declaration);
  const declared = declaration.columns.map((column) => (column.name === weight?.name ? weight : column));
  const stored = new Set(storedColumns(declaration).map(({ name }) => name));
  const [required, optional] = [true, false].map((is) => declared.filter(({ name }) => stored.has(name) === is));
  const { positions, ignored, issues } = checkHeader(header, name, required ?? [], optional ?? []);
  const columns = new Map<string, ColumnReader>();
  for (const column of declared) {
    const position = positions.get(column.name);
    if (position !== undefined)
      columns.set(column.name, new ColumnReader(column, { position, place, reading, profile: profileFor(column) }));
  }
  const readers = [...columns.values()];
  const [target, weights, groups] = [declaration.target, declaration.weight, declaration.group].map((role) =>
    role === undefined ? undefined : columns.get(role),
  );
  const toldApart = alike === 'counted' ? TOLD_APART : alike?.toldApart;
  const counter = toldApart === undefined ? undefined : new AlikeCounter(readers, declaration, { target, toldApart });
  const size = new EffectiveSize();
  const unreadable = { rows: 0, log: new IssueLog(place) };
  let [rows, dropped, weightless] = [0, 0, 0];
  for await (const { line, cells, problem } of source) {
    rows += 1;
    if (rows % ROWS_AT_A_TIME === 0) onProgress?.(rows);
    if (problem !== undefined) {
      unreadable.rows += 1;
      unreadable.log.addRow(line, problem);
      continue;
    }
    for (const reader of readers) reader.read(line, cells);
    if (target && !target.isKnown) {
      dropped += 1;
      continue;
    }
    if (weights?.value === 0) {
      weightless += 1;
      continue;
    }
    // One that is missing or below 0 is told of, and counts once.
    const rowWeight = weights && weights.value > 0 ? weights.value : 1;
    size.add(rowWeight, groups?.isKnown ? groups.text : undefined);
    for (const reader of readers) reader.count(rowWeight);
    counter?.add();
  }
  return {
    name,
    header,
    headerIssues: issues,
    undeclared: ignored,
    columns,
    unreadable,
    rows,
    dropped,
    weightless,
    alike: counter?.counted,
    effectiveRows: size.size,
    scale: size.total === 0 ? 0 : size.size / size.total,
  };
}

/** Counts rows that are alike, among those that were read one after the other. */
class AlikeCounter {
  readonly #target: ColumnReader | undefined;
  readonly #features: readonly ColumnReader[];
  readonly #others: readonly ColumnReader[];
  readonly #rows: AlikeRows;
  /** By their features alone; undefined where targets are numbers, which differ by noise. */
  readonly #ofClasses: AlikeRows | undefined;
  readonly #hash = new RowHash();

  constructor(
    readers: readonly ColumnReader[],
    declaration: Declaration,
    { target, toldApart }: { readonly target: ColumnReader | undefined; readonly toldApart: number },
  ) {
    const names = new Set(featuresOf(declaration).map(({ name }) => name));
    this.#target = target;
    this.#features = readers.filter(({ column }) => names.has(column.name));
    this.#others = readers.filter(({ column }) => !names.has(column.name));
    this.#rows = new AlikeRows(toldApart);
    const hasClasses = classCountOf(declaration) > 0 && this.#features.length > 0;
    this.#ofClasses = hasClasses ? new AlikeRows(toldApart) : undefined;
  }

  /** Adds the row that was read last. */
  add(): void {
    for (const reader of this.#features) reader.hash(this.#hash);
    const features = this.#hash.take();
    for (const reader of this.#others) reader.hash(this.#hash);
    this.#hash.addNumber(features);
    this.#rows.add(this.#hash.take());
    if (this.#target && !Number.isNaN(this.#target.value)) this.#ofClasses?.add(features, this.#target.value);
  }

  get counted(): Alike {
    return {
      repeated: this.#rows.repeated,
      contradicting: this.#ofClasses?.differing ?? 0,
      isExact: this.#rows.isExact && (this.#ofClasses?.isExact ?? true),
    };
  }
}
