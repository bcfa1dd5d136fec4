// What a column is like, over all its rows, but for what takes sorting, which is of a sample.

import { momentsOf } from '../../core/moments.ts';
import { rangeOf } from '../../data/range.ts';
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
  const known = knownOf(values);
  return { rows, missing: rows - known.length, numbers: numbersOf(known, sample), levels: [] };
}

/** Those that are not missing: the same, where none is. */
function knownOf(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i] as number)) count++;
  if (count === values.length) return values;
  const known = new Float64Array(count);
  let place = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) known[place++] = value;
  }
  return known;
}

function numbersOf(known: Float64Array, sample: Float64Array): NumberSummary | undefined {
  if (known.length === 0) return undefined;
  const some = knownOf(sample);
  const sorted = (some.length > 0 ? some : known).toSorted();
  return {
    ...rangeOf(known),
    ...momentsOf(known),
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
  };
}
