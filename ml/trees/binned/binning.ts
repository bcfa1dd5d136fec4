import { Derived } from '../../core/derived.ts';
import { eachBlock, type Matrix } from '../../core/matrix.ts';
import { type Arena, MOST_BYTES } from '../arena.ts';
import type { Cuts } from '../cuts.ts';

/** Rows that are binned at a time: what is read and written of them stays in the cache. */
const BLOCK = 256;
/** Cells of the grid that says about where among its cuts a value is. */
const CELLS = 2048;

/**
 * A matrix as bins, twice over: in a record a row, for histograms, and column by column, for partitions. The entries
 * of a histogram are the bins of the first column, then those of the second, and so on.
 */
export interface Binned {
  readonly rows: number;
  readonly columns: number;
  /** Of each row, room for its statistics and then its bins, `stride` bytes apart. */
  readonly records: Uint8Array;
  readonly stride: number;
  /** The bytes of a bin: two where a column has more than 256. */
  readonly binBytes: 1 | 2;
  /** The bin within its column; row i, column j at `j * rows + i`. */
  readonly bins: Uint8Array | Uint16Array;
  /** The entry of each column's first bin, and the number of entries at the end. */
  readonly offsets: Uint32Array;
}

/** Bins that are kept for the next fit of the same matrix, at most: 64 MB. */
const MOST_KEPT = 2 ** 26;

const binsOf = new Derived<Cuts, Uint8Array | Uint16Array>();

/** @param statisticBytes the room for a row's statistics, in multiples of 8 */
export function binMatrix(x: Matrix, found: Cuts, statisticBytes: number, arena: Arena): Binned {
  const { rows, columns } = x;
  const { cuts, hasMissing } = found;
  const offsets = arena.uint32(columns + 1);
  let mostBins = 0;
  cuts.forEach((column, j) => {
    const bins = column.length + 1 + (hasMissing[j] ? 1 : 0);
    offsets[j + 1] = offsets[j]! + bins;
    mostBins = Math.max(mostBins, bins);
  });
  const binBytes = mostBins <= 256 ? 1 : 2;
  const stride = statisticBytes + Math.ceil((columns * binBytes) / 8) * 8;
  const records = arena.uint8(rows * stride);
  const bins = binBytes === 1 ? arena.uint8(rows * columns) : arena.uint16(rows * columns);
  const cells = binBytes === 1 ? records : new Uint16Array(records.buffer, records.byteOffset, records.length / 2);
  const cellsBefore = statisticBytes / binBytes;
  const cellsPerRow = stride / binBytes;
  const { length } = bins;
  if (length > MOST_KEPT) findBins(x, cuts, bins);
  else
    bins.set(
      binsOf.of(found, [], () => findBins(x, cuts, binBytes === 1 ? new Uint8Array(length) : new Uint16Array(length))),
    );
  for (let first = 0; first < rows; first += BLOCK) {
    const end = Math.min(first + BLOCK, rows);
    for (let j = 0; j < columns; j++)
      for (let i = first; i < end; i++) cells[i * cellsPerRow + cellsBefore + j] = bins[j * rows + i]!;
  }
  return { rows, columns, records, stride, binBytes, bins, offsets };
}

/** The bin of each value within its column, column by column. */
function findBins<A extends Uint8Array | Uint16Array>(x: Matrix, cuts: Cuts['cuts'], bins: A): A {
  const { rows, columns } = x;
  const finders = cuts.map((column) => new BinFinder(column));
  eachBlock(x, (data, start, first, count) => {
    for (let j = 0; j < columns; j++) {
      const finder = finders[j]!;
      const missing = cuts[j]!.length + 1;
      for (let i = 0, at = start + j; i < count; i++, at += columns) {
        const value = Math.fround(data[at]!);
        bins[j * rows + first + i] = Number.isNaN(value) ? missing : finder.find(value);
      }
    }
  });
  return bins;
}

/** Counts the cuts at or below a value. */
class BinFinder {
  /** Ascending, and one more that no value reaches. */
  readonly #cuts: Float32Array;
  /** Of each cell, the cuts in the cells before it. */
  readonly #before = new Uint8Array(CELLS);
  readonly #low: number;
  readonly #cellsPerUnit: number;

  constructor(cuts: Float32Array) {
    this.#cuts = Float32Array.of(...cuts, Number.NaN);
    this.#low = cuts[0] ?? 0;
    const range = (cuts.at(-1) ?? 0) - this.#low;
    this.#cellsPerUnit = range > 0 && Number.isFinite(range) ? (CELLS - 1) / range : 0;
    const counts = new Uint8Array(CELLS);
    for (const cut of cuts) counts[this.#cellOf(cut)]! += 1;
    for (let cell = 1; cell < CELLS; cell++) this.#before[cell] = this.#before[cell - 1]! + counts[cell - 1]!;
  }

  find(value: number): number {
    const cuts = this.#cuts;
    // A cell never falls as values rise, so the cuts of earlier cells are all below the value.
    let bin = this.#before[this.#cellOf(value)]!;
    // Mostly one more at most: as a number, so that no branch is mispredicted.
    bin += Number(value >= cuts[bin]!);
    while (value >= cuts[bin]!) bin += 1;
    return bin;
  }

  #cellOf(value: number): number {
    const cell = (value - this.#low) * this.#cellsPerUnit;
    // Infinity, which a float64 may become, times zero is NaN: from the first cell on every cut is looked at.
    return !(cell > 0) ? 0 : cell >= CELLS - 1 ? CELLS - 1 : Math.floor(cell);
  }
}

/** Bytes of a row beside its bins: statistics in its record, two places in orders of rows, and whether it is drawn. */
const ROW_BYTES = 32;
/** Gradient, hessian, prediction and target in each output. */
const OUTPUT_BYTES = 16;
/** The share of the memory that is left to rows; histograms take the rest. */
const SHARE = 0.95;

/** How many rows the memory of an arena holds, whose bins stand in it twice. */
export const mostBinnedRows = (columns: number, outputs: number): number =>
  Math.floor((SHARE * MOST_BYTES) / (2 * columns + ROW_BYTES + OUTPUT_BYTES * outputs));
