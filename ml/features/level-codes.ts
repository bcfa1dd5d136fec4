import type { Declaration } from '../data/declaration.ts';
import { featuresOf } from '../data/declaration.ts';
import { storedColumn, type Table } from '../data/table.ts';

/** Categories that are taken together: each combination of their levels is a level. */
export type Key = {
  readonly columns: readonly string[];
  /** How many codes each column has: its levels, and one for a missing value. */
  readonly sizes: readonly number[];
};

/** The key of some categorical columns. */
export function keyOf(columns: readonly { readonly name: string; readonly levels: readonly string[] }[]): Key {
  return { columns: columns.map(({ name }) => name), sizes: columns.map(({ levels }) => levels.length + 1) };
}

/** How many levels a key has. */
export function levelsOf({ sizes }: Key): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The level of each row of a table; a missing value is a level of its own, the last of its column. */
export function codesOf({ columns, sizes }: Key, table: Table): Int32Array {
  const codes = new Int32Array(table.rows);
  columns.forEach((name, k) => {
    const { values, chosen } = storedColumn(table, name);
    const size = sizes[k] as number;
    for (let i = 0; i < codes.length; i++) {
      const value = values[chosen ? (chosen[i] as number) : i] as number;
      codes[i] = (codes[i] as number) * size + (Number.isNaN(value) ? size - 1 : value);
    }
  });
  return codes;
}

/** How much each level weighs among some rows. */
export function levelWeights(codes: Int32Array, levels: number, weights: Float64Array | undefined): Float64Array {
  const totals = new Float64Array(levels);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    totals[code] = (totals[code] as number) + (weights?.[i] ?? 1);
  }
  return totals;
}

/** The categorical columns that models read. */
export function categoriesOf(declaration: Declaration) {
  return featuresOf(declaration).filter((column) => column.kind === 'categorical');
}

/** The numeric columns that models read. */
export function numbersOf(declaration: Declaration) {
  return featuresOf(declaration).filter((column) => column.kind === 'numeric');
}
