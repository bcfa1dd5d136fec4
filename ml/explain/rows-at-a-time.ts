import { sliceRows, type Table } from '../data/table.ts';

/** So many rows at a time: few enough for what all parts of a model predict of them to lie in memory. */
const CHUNK_ROWS = 1024;

export function chunksOf(table: Table): Table[] {
  return Array.from({ length: Math.ceil(table.rows / CHUNK_ROWS) }, (_, i) =>
    sliceRows(table, i * CHUNK_ROWS, (i + 1) * CHUNK_ROWS),
  );
}

/** What each column adds to the prediction of a row, by name. */
export function contributionsOfRow(
  { columns, values }: { readonly columns: readonly string[]; readonly values: Float64Array },
  row: number,
): Record<string, number> {
  return Object.fromEntries(columns.map((column, j) => [column, values[row * columns.length + j] as number]));
}
