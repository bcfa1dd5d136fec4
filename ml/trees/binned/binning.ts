import type { Matrix } from '../../core/matrix.ts';
import type { Arena } from '../arena.ts';
import type { Cuts } from '../cuts.ts';

/** Rows that are binned at a time: what is read and written of them stays in the cache. */
const BLOCK = 256;
/** Cells of the grid that says about where among its cuts a value is. */
const CELLS = 2048;

/**
 * A matrix as bins, twice over: as places row by row, for histograms, and column by column, for partitions. The entries
 * of a histogram are the bins of the first column, then those of the second, and so on.
 */
export interface Binned {
  readonly rows: number;
  readonly columns: number;
  /** The entry of each value's bin; row i, column j at `i * columns + j`. */
  readonly places: Uint16Array | Uint32Array;
  /** The bin within its column; row i, column j at `j * rows + i`. */
  readonly bins: Uint8Array | Uint16Array;
  /** The entry of each column's first bin, and the number of entries at the end. */
  readonly offsets: Int32Array;
}

export function binMatrix(x: Matrix, { cuts, hasMissing }: Cuts, arena: Arena): Binned {
  const { rows, columns, data } = x;
  const offsets = new Int32Array(columns + 1);
  cuts.forEach((column, j) => {
    offsets[j + 1] = offsets[j]! + column.length + 1 + (hasMissing[j] ? 1 : 0);
  });
  const cells = rows * columns;
  const places = offsets[columns]! <= 65_536 ? arena.uint16(cells) : arena.uint32(cells);
  const most = Math.max(...cuts.map((_, j) => offsets[j + 1]! - offsets[j]!));
  const bins = most <= 256 ? arena.uint8(cells) : arena.uint16(cells);
  const finders = cuts.map((column) => new BinFinder(column));
  for (let first = 0; first < rows; first += BLOCK) {
    const end = Math.min(first + BLOCK, rows);
    for (let j = 0; j < columns; j++) {
      const finder = finders[j]!;
      const offset = offsets[j]!;
      const missing = cuts[j]!.length + 1;
      for (let i = first; i < end; i++) {
        const value = Math.fround(data[i * columns + j]!);
        const bin = Number.isNaN(value) ? missing : finder.find(value);
        places[i * columns + j] = offset + bin;
        bins[j * rows + i] = bin;
      }
    }
  }
  return { rows, columns, places, bins, offsets };
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
    while (value >= cuts[bin]!) bin += 1;
    return bin;
  }

  #cellOf(value: number): number {
    const cell = (value - this.#low) * this.#cellsPerUnit;
    // Infinity, which a float64 may become, times zero is NaN: from the first cell on every cut is looked at.
    return !(cell > 0) ? 0 : cell >= CELLS - 1 ? CELLS - 1 : Math.floor(cell);
  }
}
