import type { Column, Declaration } from './declaration.ts';

/**
 * Columns by name. A categorical cell holds the index of its level; a missing cell is NaN.
 * Nothing is ever looked up by position, so the order of columns cannot go wrong.
 */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** The values of a column. */
export function columnOf(table: Table, name: string): Float64Array {
  const values = table.columns.get(name);
  if (!values) throw new Error(`the table has no column ${name}`);
  return values;
}

/** The given rows of a table, in the given order, as a copy. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const columns = new Map<string, Float64Array>();
  for (const [name, values] of table.columns) {
    columns.set(
      name,
      Float64Array.from(rows, (row) => values[row] as number),
    );
  }
  return { rows: rows.length, columns };
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
