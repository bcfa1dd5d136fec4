import { eachBlock, type Matrix } from '../core/matrix.ts';
import { FewValues } from './distinct-values.ts';
import { quantiles } from './quantile-sketch.ts';
import { withoutMissing } from './sort-floats.ts';

/** Rows from which quantiles are taken: one bin of 256 then holds its share within a tenth or so. */
const SAMPLE_ROWS = 131_072;
/** What the last bin's end lies above twice the largest value, or above 0; and what the first one's start lies below. */
const MARGIN = Math.fround(1e-5);

/** Where the columns of a matrix are cut into bins. Bin b of a column holds the values with b of its cuts at or below. */
export interface Cuts {
  /** Of each column, ascending. */
  readonly cuts: readonly Float32Array[];
  /** Of each column: its distinct values, ascending, where each has a bin of its own; else undefined. */
  readonly distinct: readonly (Float32Array | undefined)[];
  /** Whether a column has missing values; they are in a bin of their own, after the others. */
  readonly hasMissing: readonly boolean[];
  /** Of each column, where its first bin starts, at or below all its values, and where its last one ends, above them. */
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/**
 * Cuts each column at its distinct values if there are at most `maxBins` of them, else at its quantiles. Missing values
 * have a bin of their own.
 *
 * Source of the cuts and of the end: XGBoost 3.2, `src/common/quantile.cc`.
 *
 * @param maxBins from 2 to 256
 * @param weights of the rows: bins hold about as much weight each, and rows without weight have no part in them
 */
export function findCuts(x: Matrix, maxBins: number, weights?: Float32Array): Cuts {
  const { hasMissing, largest, distinct } = surveyColumns(x, maxBins, weights);
  const sample = sampleRows(x, weights);
  const bins = distinct.map((values, column) => values ?? sampledQuantiles(sample, column, maxBins));
  return {
    cuts: bins.map((values) => values.slice(1)),
    distinct,
    hasMissing,
    starts: Float32Array.from(bins, ([smallest = 0]) => Math.fround(smallest - Math.abs(smallest)) - MARGIN),
    ends: largest.map((value) => value + (Math.abs(value) + MARGIN)),
  };
}

/**
 * Of each column: whether values are missing, the largest one as float32 of a row with weight (−∞ where none is), and its distinct values,
 * ascending, where they are at most so many. By one reading of all rows.
 */
function surveyColumns(x: Matrix, most: number, weights?: Float32Array) {
  const { rows, columns } = x;
  const hasMissing = new Array<boolean>(columns).fill(false);
  const largest = new Float32Array(columns).fill(-Infinity);
  const few = Array.from({ length: columns }, (): FewValues | undefined => new FewValues(Math.min(most, rows)));
  eachBlock(x, (data, start, first, count) => {
    const ofBlock = weights?.subarray(first, first + count);
    for (let i = 0, at = start; i < count; i++) {
      const hasWeight = ofBlock?.[i] !== 0;
      for (let j = 0; j < columns; j++, at++) {
        const value = data[at]!;
        if (value > largest[j]! && hasWeight) largest[j] = value;
        else if (Number.isNaN(value)) hasMissing[j] = true;
      }
    }
    for (let j = 0; j < columns; j++)
      if (few[j]?.add(data, start + j, columns, count, ofBlock) === false) few[j] = undefined;
  });
  return { hasMissing, largest, distinct: few.map((values) => values?.sorted()) };
}

/** The values of each column, in all rows or in one of each of many strips of neighbouring rows; and those rows' weights. */
interface Sample {
  readonly columns: readonly Float32Array[];
  readonly weights: Float32Array | undefined;
}

function sampleRows(x: Matrix, weights?: Float32Array): Sample {
  const { rows, columns } = x;
  const size = Math.min(rows, SAMPLE_ROWS);
  const strip = rows / size;
  // Anywhere in the strip, since rows may come in a period. It is the same place each time.
  const chosen = Uint32Array.from({ length: size }, (_, k) => {
    const place = strip > 1 ? (Math.imul(k + 1, 0x9e3779b1) >>> 0) / 2 ** 32 : 0;
    return Math.floor((k + place) * strip);
  });
  const sample = Array.from({ length: columns }, () => new Float32Array(size));
  const take = (data: Float64Array, at: number, k: number) => {
    for (let j = 0; j < columns; j++) sample[j]![k] = data[at + j]! + 0;
  };
  if (x.reader)
    eachBlock(x.reader.takeRows(chosen), (data, at, first, count) => {
      for (let i = 0; i < count; i++) take(data, at + i * columns, first + i);
    });
  else for (const [k, row] of chosen.entries()) take(x.data, row * columns, k);
  return { columns: sample, weights: weights && Float32Array.from(chosen, (row) => weights[row]!) };
}

/** The quantiles of what is known of a column, in the rows that have weight. */
function sampledQuantiles({ columns, weights }: Sample, column: number, bins: number): Float32Array {
  const known = withoutMissing(columns[column]!);
  if (!weights) return quantiles(known, bins);
  const values = new Float32Array(known.length);
  const ofValues = new Float32Array(known.length);
  let count = 0;
  columns[column]!.forEach((value, k) => {
    if (Number.isNaN(value) || weights[k] === 0) return;
    values[count] = value;
    ofValues[count++] = weights[k]!;
  });
  return quantiles(values.subarray(0, count), bins, ofValues.subarray(0, count), known.length);
}
