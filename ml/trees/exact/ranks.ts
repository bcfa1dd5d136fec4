import { upperBound } from '../../core/binary-search.ts';
import type { Matrix } from '../../core/matrix.ts';
import { findCuts } from '../cuts.ts';
import { distinctValues } from '../distinct-values.ts';
import { floatBelow } from '../float-below.ts';
import { sortFloats } from '../sort-floats.ts';

/** Values that in a node are this near to each other are taken for the same, as scikit-learn does. */
const SAME = Math.fround(1e-7);

/**
 * The columns of a matrix as ranks among their distinct values. Trees are grown on ranks alone, and many trees share them.
 */
export interface Ranks {
  readonly rows: number;
  readonly columns: number;
  /** Whether each distinct value has a rank of its own; else there are at most 256 a column. */
  readonly isExact: boolean;
  /** The rank of each value; row i, column j at `j * rows + i`. */
  readonly ranks: Uint16Array | Uint32Array;
  /** Of each column: the least and the greatest value of each rank. */
  readonly least: readonly Float32Array[];
  readonly greatest: readonly Float32Array[];
  /** Of each column: whether some of its values are too near to each other to be told apart. */
  readonly hasNear: readonly boolean[];
}

/**
 * Ranks float32 values, each distinct one by itself; or, if `maxBins` is given and a column has more of them, by the bins
 * of their quantiles, so that splits are searched at the borders of bins only.
 */
export function rankColumns(x: Matrix, maxBins?: number): Ranks {
  const { rows, columns, data } = x;
  const bins = maxBins === undefined ? undefined : findCuts(x, maxBins);
  const borders = Array.from({ length: columns }, (_, j) => {
    if (bins === undefined) return bordersOf(distinctValues(x, j, 256) ?? distinctOf(sortedValues(x, j)));
    const values = bins.distinct[j];
    return values ? bordersOf(values) : bordersAt(bins.cuts[j]!);
  });
  const most = Math.max(...borders.map(({ least }) => least.length));
  const ranks = most <= 65_536 ? new Uint16Array(rows * columns) : new Uint32Array(rows * columns);
  borders.forEach(({ least }, j) => {
    for (let i = 0; i < rows; i++) ranks[j * rows + i] = lastUpTo(least, Math.fround(data[i * columns + j]!));
  });
  return {
    rows,
    columns,
    isExact: bins === undefined,
    ranks,
    least: borders.map((of) => of.least),
    greatest: borders.map((of) => of.greatest),
    hasNear: borders.map(
      ({ least, greatest }) =>
        // Bins are told apart by where they are cut.
        least === greatest && least.some((value, k) => k > 0 && isNear(least[k - 1]!, value)),
    ),
  };
}

/** Whether two values, the lower one first, count as the same. Source: scikit-learn 1.9, `_partitioner.pyx`. */
export function isNear(lower: number, higher: number): boolean {
  return higher <= Math.fround(lower + SAME);
}

/** What a value of the lower rank and all of the higher one are told apart by. Source: scikit-learn 1.9, `_splitter.pyx`. */
export function thresholdBetween({ least, greatest }: Ranks, column: number, lower: number, higher: number): number {
  const below = greatest[column]![lower]!;
  const above = least[column]![higher]!;
  const middle = below / 2 + above / 2;
  // Rounding, or infinity.
  return middle === above || !Number.isFinite(middle) ? below : middle;
}

/** A rank for each distinct value; only one where none can be told from another. */
function bordersOf(values: Float32Array) {
  const told = isNear(values[0]!, values.at(-1)!) ? values.subarray(0, 1) : values;
  return { least: told, greatest: told };
}

/** Each value once, of values in order. */
function distinctOf(sorted: Float32Array): Float32Array {
  let count = 1;
  for (let i = 1; i < sorted.length; i++) {
    // Of 0 and −0 the first is kept: they are equal.
    if (sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i]!;
  }
  return sorted.subarray(0, count);
}

function sortedValues({ rows, columns, data }: Matrix, column: number): Float32Array {
  const values = new Float32Array(rows);
  for (let i = 0; i < rows; i++) values[i] = data[i * columns + column]!;
  return sortFloats(values);
}

function bordersAt(cuts: Float32Array) {
  return { least: Float32Array.of(-Infinity, ...cuts), greatest: Float32Array.of(...cuts.map(floatBelow), Infinity) };
}

/** The last of some ascending values that is not above `value`; the first is not. */
const lastUpTo = (ascending: Float32Array, value: number) =>
  // From the second on: a column of two values takes one look.
  upperBound(ascending, value, 1) - 1;
