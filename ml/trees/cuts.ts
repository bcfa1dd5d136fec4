import type { Matrix } from '../core/matrix.ts';
import { distinctValues } from './distinct-values.ts';
import { quantiles } from './quantile-sketch.ts';
import { withoutMissing } from './sort-floats.ts';

/** Rows from which quantiles are taken: one bin of 256 then holds its share within a tenth or so. */
const SAMPLE_ROWS = 131_072;
/** What the last bin's end lies above twice the largest value, or above 0. */
const MARGIN = Math.fround(1e-5);

/** Where the columns of a matrix are cut into bins. Bin b of a column holds the values with b of its cuts at or below. */
export interface Cuts {
  /** Of each column, ascending. */
  readonly cuts: readonly Float32Array[];
  /** Of each column: its distinct values, ascending, where each has a bin of its own; else undefined. */
  readonly distinct: readonly (Float32Array | undefined)[];
  /** Whether a column has missing values; they are in a bin of their own, after the others. */
  readonly hasMissing: readonly boolean[];
  /** Of each column, where its last bin ends: above all its values. */
  readonly ends: Float32Array;
}

/**
 * Cuts each column at its distinct values if there are at most `maxBins` of them, else at its quantiles. Missing values
 * have a bin of their own.
 *
 * Source of the cuts and of the end: XGBoost 3.2, `src/common/quantile.cc`.
 *
 * @param maxBins from 2 to 256
 */
export function findCuts(x: Matrix, maxBins: number): Cuts {
  const { hasMissing, largest } = surveyColumns(x);
  const samples = sampleColumns(x);
  const distinct = hasMissing.map((_, column) => distinctValues(x, column, maxBins));
  const cuts = distinct.map((values, column) =>
    (values ?? quantiles(withoutMissing(samples[column]!), maxBins)).slice(1),
  );
  return { cuts, distinct, hasMissing, ends: largest.map((value) => value + (Math.abs(value) + MARGIN)) };
}

/** Of each column: whether values are missing, and the largest one as float32; −∞ where all are missing. */
function surveyColumns({ rows, columns, data }: Matrix): { hasMissing: boolean[]; largest: Float32Array } {
  const hasMissing = new Array<boolean>(columns).fill(false);
  const largest = new Float32Array(columns).fill(-Infinity);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      if (value > largest[j]!) largest[j] = value;
      else if (Number.isNaN(value)) hasMissing[j] = true;
    }
  }
  return { hasMissing, largest };
}

/** The values of each column, in all rows or in one of each of many strips of neighbouring rows. */
function sampleColumns({ rows, columns, data }: Matrix): Float32Array<ArrayBuffer>[] {
  const size = Math.min(rows, SAMPLE_ROWS);
  const strip = rows / size;
  const samples = Array.from({ length: columns }, () => new Float32Array(size));
  for (let k = 0; k < size; k++) {
    // Anywhere in the strip, since rows may come in a period. It is the same place each time.
    const place = strip > 1 ? (Math.imul(k + 1, 0x9e3779b1) >>> 0) / 2 ** 32 : 0;
    const at = Math.floor((k + place) * strip) * columns;
    for (let j = 0; j < columns; j++) samples[j]![k] = data[at + j]! + 0;
  }
  return samples;
}
