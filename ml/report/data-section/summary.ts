// What a column is like, over all its rows, but for what takes sorting, which is of a sample.

import { momentsOf } from '../../core/moments.ts';
import { quantile } from '../charts/box.ts';
import type { ViewedColumn } from './viewed-column.ts';

export interface Summary {
  readonly rows: number;
  readonly missing: number;
  /** Undefined of categories, and where all are missing. */
  readonly numbers: NumberSummary | undefined;
  /** How many rows there are of each level, by its index; none of numbers. */
  readonly levels: readonly number[];
}

export interface NumberSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  /** Of the sample. */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

/**
 * @param values of all rows; NaN where they are missing
 * @param sample those of some rows
 */
export function summaryOf({ values: kind, levels }: ViewedColumn, values: Float64Array, sample: Float64Array): Summary {
  const rows = values.length;
  if (kind === 'codes') {
    const counts = new Array<number>(levels.length).fill(0);
    let known = 0;
    for (const code of values) {
      if (Number.isNaN(code)) continue;
      counts[code] = (counts[code] as number) + 1;
      known++;
    }
    return { rows, missing: rows - known, numbers: undefined, levels: counts };
  }
  const known = values.filter((value) => !Number.isNaN(value));
  return { rows, missing: rows - known.length, numbers: numbersOf(known, sample), levels: [] };
}

function numbersOf(known: Float64Array, sample: Float64Array): NumberSummary | undefined {
  if (known.length === 0) return undefined;
  const sorted = sample.filter((value) => !Number.isNaN(value)).sort();
  const of = sorted.length > 0 ? sorted : known.toSorted();
  return {
    min: known.reduce((smallest, value) => Math.min(smallest, value), Infinity),
    max: known.reduce((largest, value) => Math.max(largest, value), -Infinity),
    ...momentsOf(known),
    q1: quantile(of, 0.25),
    median: quantile(of, 0.5),
    q3: quantile(of, 0.75),
  };
}
