import type { Relations } from '../core/relations.ts';
import { readColumn, readRows, type StoredColumn } from './columns/read-column.ts';
import type { ColumnValues } from './columns/storage.ts';
import type { Texts } from './columns/text-list.ts';
import { type Column, type Declaration, storedColumns } from './declaration.ts';
import { kindOf } from './kinds/index.ts';
import { classCountOf } from './task-kind.ts';

/**
 * Columns by name. A categorical cell holds the index of its level, an identifier that of its text, a date its days since
 * 1970-01-01 (UTC); a missing cell is NaN.
 * Nothing is ever looked up by position, so the order of columns cannot go wrong.
 */
export interface Table {
  readonly rows: number;
  /** What was read, whose memory the tables of some of its rows share; `columnOf` reads it as numbers. */
  readonly columns: ReadonlyMap<string, ColumnValues>;
  /** Which rows of the columns these are, in their order. @default all of them */
  readonly chosen?: Uint32Array;
  /** The texts of each column of identifiers. @default none, which is enough to compute with */
  readonly texts?: ReadonlyMap<string, Texts>;
}

/** A column as it is stored, for whoever reads it a block at a time. */
export function storedColumn(table: Table, name: string): StoredColumn {
  const values = table.columns.get(name);
  if (!values) throw new Error(`the table has no column ${name}`);
  return { values, chosen: table.chosen };
}

/** The values of a column, one a row, NaN where one is missing: a view where it is stored so, else a copy for the moment. */
export function columnOf(table: Table, name: string): Float64Array {
  return readColumn(storedColumn(table, name));
}

/** How much each row counts, by the column that a declaration names; undefined where it names none. */
export function weightsOf(table: Table, { weight }: Declaration): Float64Array | undefined {
  return weight === undefined ? undefined : columnOf(table, weight);
}

/** Which rows belong together, when they were and of which class, by the columns that a declaration names. */
export function relationsOf(table: Table, declaration: Declaration): Relations {
  const { group, time } = declaration;
  const strata = strataOf(table, declaration);
  return {
    ...(group !== undefined && { groups: columnOf(table, group) }),
    ...(time !== undefined && { times: columnOf(table, time) }),
    ...(strata && { strata }),
  };
}

/** The class of each row, by which rows are spread evenly; undefined where the target is a number. */
export function strataOf(table: Table, declaration: Declaration): Float64Array | undefined {
  return classCountOf(declaration) > 0 ? columnOf(table, declaration.target) : undefined;
}

/** The table without the texts of its identifiers, which are many, and which fits do without. */
export function withoutTexts({ texts, ...table }: Table): Table {
  return table;
}

/** The given rows of a table, in the given order: a view, not a copy. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const { chosen } = table;
  return { ...table, rows: rows.length, chosen: chosen ? rows.map((row) => chosen[row] as number) : rows };
}

/** The rows from one up to another, or to the last: a view, not a copy. */
export function sliceRows(table: Table, start: number, end: number): Table {
  const { rows, columns, chosen } = table;
  const last = Math.min(rows, end);
  if (chosen) return { ...table, rows: last - start, chosen: chosen.subarray(start, last) };
  const slices = [...columns].map(([name, values]) => [name, values.subarray(start, last)] as const);
  return { ...table, rows: last - start, columns: new Map(slices) };
}

/** A function from a cell to how CSV shows it: its level, its number, its date, its text, or nothing. */
export function cellWriter(column: Column, { texts }: Pick<Table, 'texts'>): (value: number) => string {
  const write = kindOf(column).writer(texts?.get(column.name) ?? []);
  return (value) => (Number.isNaN(value) ? '' : write(value));
}

/** A table of a declaration's columns without a row. */
export function emptyTable(declaration: Declaration): Table {
  return { rows: 0, columns: new Map(storedColumns(declaration).map(({ name }) => [name, new Float64Array(0)])) };
}

/** Rows that are read at a time, so that of a column no more lies in memory as numbers. */
const BLOCK = 4096;

/** A table as the rows of a CSV, the header first: declared names and order, so equal data gives equal bytes. */
export function* tableLines(declaration: Declaration, table: Table): Generator<string[]> {
  const stored = storedColumns(declaration);
  const columns = stored.map((column) => ({
    write: cellWriter(column, table),
    stored: storedColumn(table, column.name),
    block: new Float64Array(Math.min(BLOCK, table.rows)),
  }));
  yield stored.map(({ name }) => name);
  for (let first = 0; first < table.rows; first += BLOCK) {
    const count = Math.min(BLOCK, table.rows - first);
    for (const { stored, block } of columns) readRows(stored, first, block.subarray(0, count));
    for (let i = 0; i < count; i++) yield columns.map(({ write, block }) => write(block[i] as number));
  }
}
