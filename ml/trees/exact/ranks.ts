import type { Matrix } from '../../matrix.ts';
import { findCuts } from '../cuts.ts';
import { floatBelow } from '../float-below.ts';
import { sortFloats } from '../sort-floats.ts';

/** Values this near to each other are taken for the same, as scikit-learn does. */
const SAME = Math.fround(1e-7);

/**
 * The columns of a matrix as ranks among their distinct values. Trees are grown on ranks alone, and many trees share them.
 */
export interface Ranks {
  readonly rows: number;
  readonly columns: number;
  /** The rank of each value; row i, column j at `j * rows + i`. */
  readonly ranks: Uint16Array | Uint32Array;
  /** Of each column: the least and the greatest value of each rank. */
  readonly least: readonly Float32Array[];
  readonly greatest: readonly Float32Array[];
}

/**
 * Ranks float32 values, each distinct one by itself; or, if `maxBins` is given, by the bins of their quantiles, so that
 * splits are searched at the borders of bins only.
 */
export function rankColumns(x: Matrix, maxBins?: number): Ranks {
  const { rows, columns, data } = x;
  const cuts = maxBins === undefined ? undefined : findCuts(x, maxBins).cuts;
  const borders = Array.from({ length: columns }, (_, j) => (cuts ? bordersAt(cuts[j]!) : distinctValues(x, j)));
  const most = Math.max(...borders.map(({ least }) => least.length));
  const ranks = most <= 65_536 ? new Uint16Array(rows * columns) : new Uint32Array(rows * columns);
  borders.forEach(({ least }, j) => {
    for (let i = 0; i < rows; i++) ranks[j * rows + i] = lastUpTo(least, Math.fround(data[i * columns + j]!));
  });
  return { rows, columns, ranks, least: borders.map((of) => of.least), greatest: borders.map((of) => of.greatest) };
}

/** What a value of the lower rank and all of the higher one are told apart by. Source: scikit-learn 1.9, `_splitter.pyx`. */
export function thresholdBetween({ least, greatest }: Ranks, column: number, lower: number, higher: number): number {
  const below = greatest[column]![lower]!;
  const above = least[column]![higher]!;
  const middle = below / 2 + above / 2;
  // Rounding, or infinity.
  return middle === above || !Number.isFinite(middle) ? below : middle;
}

function distinctValues({ rows, columns, data }: Matrix, column: number) {
  const sorted = new Float32Array(rows);
  for (let i = 0; i < rows; i++) sorted[i] = data[i * columns + column]!;
  sortFloats(sorted);
  const least = new Float32Array(rows);
  const greatest = new Float32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (i > 0 && sorted[i]! <= Math.fround(sorted[i - 1]! + SAME)) {
      greatest[count - 1] = sorted[i]!;
    } else {
      least[count] = greatest[count] = sorted[i]!;
      count += 1;
    }
  }
  return { least: least.subarray(0, count), greatest: greatest.subarray(0, count) };
}

function bordersAt(cuts: Float32Array) {
  return { least: Float32Array.of(-Infinity, ...cuts), greatest: Float32Array.of(...cuts.map(floatBelow), Infinity) };
}

/** The last of some ascending values that is not above `value`; the first is not. */
function lastUpTo(ascending: Float32Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
