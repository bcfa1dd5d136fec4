import { lowerBound } from '../core/binary-search.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, type Table } from '../data/table.ts';

/** A column by whose values rows are told apart. */
type KeyColumn = {
  readonly name: string;
  /** How many codes it has. The last one is that of a missing value. */
  readonly size: number;
  /** Of a number the values that it has, ascending, whose places are their codes; any other value has the code after them. */
  readonly values: Float64Array | null;
};

/** Columns that are taken together: each combination of their values is a level. */
export type Key = { readonly columns: readonly KeyColumn[] };

/** Values that a number may have at most to be taken for a category, and rows that each must have on average. */
const MOST_VALUES = 50;
const ROWS_A_VALUE = 20;

/** What people call a key: "city", or "city × hour". */
export const keyName = ({ columns }: Key) => columns.map(({ name }) => name).join(' × ');

/** The columns of a key. */
export const namesOf = ({ columns }: Key) => columns.map(({ name }) => name);

/** How many levels a key has. */
export function levelsOf({ columns }: Key): number {
  return columns.reduce((product, { size }) => product * size, 1);
}

/** The level of each row of a table. */
export function codesOf({ columns }: Key, table: Table): Int32Array {
  const codes = new Int32Array(table.rows);
  for (const { name, size, values: known } of columns) {
    const values = columnOf(table, name);
    for (let i = 0; i < codes.length; i++) {
      const value = values[i] as number;
      const code = Number.isNaN(value) ? size - 1 : known ? placeOf(known, value) : value;
      codes[i] = (codes[i] as number) * size + code;
    }
  }
  return codes;
}

function placeOf(values: Float64Array, value: number): number {
  const place = lowerBound(values, value);
  return values[place] === value ? place : values.length;
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

/** A key for each column of levels that models read. */
export function categoryKeys(declaration: Declaration): Key[] {
  return featuresOf(declaration).flatMap((column) => {
    const { levels } = kindOf(column);
    return levels ? [{ columns: [{ name: column.name, size: levels.length + 1, values: null }] }] : [];
  });
}

/** A key for each numeric column of few values, each in many rows: an hour, a number of rooms. */
export function discreteKeys(declaration: Declaration, table: Table): Key[] {
  return numbersOf(declaration).flatMap(({ name }): Key[] => {
    const values = fewValues(columnOf(table, name));
    return values === null ? [] : [{ columns: [{ name, size: values.length + 2, values }] }];
  });
}

/** The values of a column, ascending; null where they are many, or two at most. */
function fewValues(column: Float64Array): Float64Array | null {
  const most = Math.min(MOST_VALUES, column.length / ROWS_A_VALUE);
  const distinct = new Set<number>();
  for (const value of column) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > most) return null;
  }
  return distinct.size > 2 ? Float64Array.from(distinct).sort() : null;
}

/** Two keys as one. */
export const combined = (one: Key, other: Key): Key => ({ columns: [...one.columns, ...other.columns] });

/** The numeric columns that models read. */
export function numbersOf(declaration: Declaration) {
  return featuresOf(declaration).filter((column) => kindOf(column).values === 'number');
}
