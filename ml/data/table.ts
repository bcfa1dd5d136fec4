import type { Column, Declaration } from './declaration.ts';

/**
 * Columns by name. A categorical cell holds the index of its level; a missing cell is NaN.
 * Nothing is ever looked up by position, so the order of columns cannot go wrong.
 */
export interface Table {
  readonly rows: number;
  /** What was read, whose memory the tables of some of its rows share. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Which rows of the columns these are, in their order. @default all of them */
  readonly chosen?: Uint32Array;
}

/** A column's values, and which of them are the table's: those at `chosen`, or all. */
export function storedColumn(table: Table, name: string): { values: Float64Array; chosen: Uint32Array | undefined } {
  const values = table.columns.get(name);
  if (!values) throw new Error(`the table has no column ${name}`);
  return { values, chosen: table.chosen };
}

/** The values of a column, one a row; of some rows of a table a copy, for the moment. */
export function columnOf(table: Table, name: string): Float64Array {
  const { values, chosen } = storedColumn(table, name);
  if (!chosen) return values;
  const some = new Float64Array(chosen.length);
  for (let i = 0; i < some.length; i++) some[i] = values[chosen[i] as number] as number;
  return some;
}

/** How much each row counts, by the column that a declaration names; undefined where it names none. */
export function weightsOf(table: Table, { weight }: Declaration): Float64Array | undefined {
  return weight === undefined ? undefined : columnOf(table, weight);
}

/** The given rows of a table, in the given order: a view, not a copy. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const { columns, chosen } = table;
  return { rows: rows.length, columns, chosen: chosen ? rows.map((row) => chosen[row] as number) : rows };
}

/** The rows from one up to another, or to the last: a view, not a copy. */
export function sliceRows({ rows, columns, chosen }: Table, start: number, end: number): Table {
  const last = Math.min(rows, end);
  if (chosen) return { rows: last - start, columns, chosen: chosen.subarray(start, last) };
  const slices = [...columns].map(([name, values]) => [name, values.subarray(start, last)] as const);
  return { rows: last - start, columns: new Map(slices) };
}

/** A cell as CSV shows it: its level's name, its number, or nothing. */
function cellText(column: Column, value: number): string {
  if (Number.isNaN(value)) return '';
  return column.kind === 'categorical' ? (column.levels[value] as string) : String(value);
}

/** A table as the rows of a CSV, the header first: declared names and order, so equal data gives equal bytes. */
export function* tableLines(declaration: Declaration, table: Table): Generator<string[]> {
  const columns = declaration.columns.map((column) => ({ column, values: columnOf(table, column.name) }));
  yield declaration.columns.map(({ name }) => name);
  for (let i = 0; i < table.rows; i++) {
    yield columns.map(({ column, values }) => cellText(column, values[i] as number));
  }
}
