// What a column is like, over all its rows, but for what takes sorting, which is of a sample.

import { knownValues } from '../../core/known-values.ts';
import { momentsOf } from '../../core/moments.ts';
import { rangeOf } from '../../data/range.ts';
import { quantile } from '../charts/box.ts';
import type { ViewedColumn } from './viewed-column.ts';
import { type WeightedValues, weightOf } from './weighted-values.ts';

export interface Summary {
  readonly rows: number;
  readonly missing: number;
  /** What all rows weigh together. */
  readonly weight: number;
  /** Undefined of categories, and where all are missing. */
  readonly numbers: NumberSummary | undefined;
  /** What the rows of each level weigh, by its index; none of numbers. */
  readonly levels: readonly number[];
}

export interface NumberSummary {
  readonly min: number;
  readonly max: number;
  /** By the weights of rows. */
  readonly mean: number;
  readonly deviation: number;
  /** Of the sample, of which each row counts once. */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

/**
 * @param all the values of all rows
 * @param sample those of some rows
 */
export function summaryOf({ values: kind, levels }: ViewedColumn, all: WeightedValues, sample: Float64Array): Summary {
  const { values, weights } = all;
  const rows = values.length;
  const weight = weightOf(all);
  if (kind === 'codes') {
    const ofLevels = new Array<number>(levels.length).fill(0);
    let known = 0;
    for (let i = 0; i < rows; i++) {
      const code = values[i] as number;
      if (Number.isNaN(code)) continue;
      ofLevels[code] = (ofLevels[code] as number) + (weights ? (weights[i] as number) : 1);
      known++;
    }
    return { rows, missing: rows - known, weight, numbers: undefined, levels: ofLevels };
  }
  const known = knownValues(values);
  return {
    rows,
    missing: rows - known.length,
    weight,
    numbers: numbersOf(known, weightsOfKnown(all), sample),
    levels: [],
  };
}

const weightsOfKnown = ({ values, weights }: WeightedValues) => weights?.filter((_, row) => !Number.isNaN(values[row]));

function numbersOf(
  known: Float64Array,
  weights: Float64Array | undefined,
  sample: Float64Array,
): NumberSummary | undefined {
  if (known.length === 0) return undefined;
  const some = knownValues(sample);
  const sorted = (some.length > 0 ? some : known).toSorted();
  return {
    ...rangeOf(known),
    ...momentsOf(known, weights),
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
  };
}
