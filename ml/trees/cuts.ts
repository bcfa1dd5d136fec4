import type { Matrix } from '../matrix.ts';
import { distinctValues } from './distinct-values.ts';
import { quantiles } from './quantile-sketch.ts';
import { withoutMissing } from './sort-floats.ts';

/** Rows from which quantiles are taken: one bin of 256 then holds its share within a tenth or so. */
const SAMPLE_ROWS = 131_072;

/** Where the columns of a matrix are cut into bins. Bin b of a column holds the values with b of its cuts at or below. */
export interface Cuts {
  /** Of each column, ascending. */
  readonly cuts: readonly Float32Array[];
  /** Whether a column has missing values; they are in a bin of their own, after the others. */
  readonly hasMissing: readonly boolean[];
}

/**
 * Cuts each column at its distinct values if there are at most `maxBins` of them, else at its quantiles. Missing values
 * have a bin of their own.
 *
 * @param maxBins from 2 to 256
 */
export function findCuts(x: Matrix, maxBins: number): Cuts {
  const hasMissing = columnsWithMissing(x);
  const samples = sampleColumns(x);
  const cuts = hasMissing.map((_, column) => {
    return (distinctValues(x, column, maxBins) ?? quantiles(withoutMissing(samples[column]!), maxBins)).slice(1);
  });
  return { cuts, hasMissing };
}

function columnsWithMissing({ rows, columns, data }: Matrix): boolean[] {
  const missing = new Array<boolean>(columns).fill(false);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) if (Number.isNaN(data[at]!)) missing[j] = true;
  }
  return missing;
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
