import { type ColumnValues, missingCode } from './storage.ts';

/** A column's values, and which of them are meant: those at `chosen`, or all. */
export interface StoredColumn {
  readonly values: ColumnValues;
  readonly chosen: Uint32Array | undefined;
}

/** Every value of a column, NaN where one is missing: a view where that is how they are stored, else a copy for the moment. */
export function readColumn({ values, chosen }: StoredColumn): Float64Array {
  if (!chosen && values instanceof Float64Array) return values;
  const read = new Float64Array(chosen ? chosen.length : values.length);
  readRows({ values, chosen }, 0, read);
  return read;
}

/** Reads as many values as `target` has room for, from row `first` on: NaN where one is missing. */
export function readRows({ values, chosen }: StoredColumn, first: number, target: Float64Array): void {
  const missing = missingCode(values);
  for (let i = 0; i < target.length; i++) {
    const value = values[chosen ? (chosen[first + i] as number) : first + i] as number;
    target[i] = value === missing ? Number.NaN : value;
  }
}
