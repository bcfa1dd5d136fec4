import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { unitOf } from '../../core/moments.ts';
import type { CountedRows } from '../counted-rows.ts';

/**
 * The columns of x as a solver wants them: in units, each a power of two, in which no value is far above 1, so that steps of one
 * size are alike in all; those that are mostly 0, as those of categories are, by the entries that are not. Where there is an
 * intercept, the others are centred, so that an offset costs no digits.
 *
 * Places number the columns anew: those of `dense` come first.
 */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  /** The column at each place. */
  readonly order: Uint32Array;
  /** What each place's column was multiplied by, and what was then taken from it. */
  readonly units: Float64Array;
  readonly shifts: Float64Array;
  /** How many places are dense, and their values: rows × that, row-major; those of x itself, where they need no units. */
  readonly denseCount: number;
  readonly dense: Float64Array;
  /** The other places' values that are not 0: those of row i from `starts[i]` to below `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  readonly entries: Float64Array;
  /** The mean of each column, in its own unit, by place. */
  readonly means: Float64Array;
}

// Fits with other penalties have the same.
const designs = new Derived<Matrix, Design>();

/** @param centred whether there is an intercept */
export function designOf({ x, weights, total }: CountedRows, centred: boolean): Design {
  return designs.of(x, [weights, centred], () => {
    const surveyed = survey(x, weights, total);
    const { filled, lows, highs, halfMeans } = surveyed;
    const means = halfMeans.map((half, j) => (x.data[j]! / 2 + half) * 2);
    if (isPlain(x, surveyed)) return { ...plainDesign(x), means };
    const all = Uint32Array.from({ length: x.columns }, (_, j) => j);
    const isDense = (j: number) => 2 * filled[j]! > x.rows;
    const dense = all.filter(isDense);
    const order = Uint32Array.from([...dense, ...all.filter((j) => !isDense(j))]);
    // What each column is counted from: its first value where it is centred, so that a constant becomes 0, not its rounding.
    const origins = Float64Array.from(order, (j, place) => (centred && place < dense.length ? x.data[j]! : 0));
    const units = origins.map((origin, place) => {
      const j = order[place]!;
      const half = Math.max(Math.abs(highs[j]! / 2 - origin / 2), Math.abs(lows[j]! / 2 - origin / 2));
      return half === 0 ? 1 : unitOf(half) / 2;
    });
    const shifts = origins.map((origin, place) => {
      const own = centred && place < dense.length ? halfMeans[order[place]!]! * units[place]! * 2 : 0;
      return origin * units[place]! + own;
    });
    const places = { order, units, shifts, denseCount: dense.length };
    return {
      rows: x.rows,
      columns: x.columns,
      ...places,
      means: Float64Array.from(order, (j) => means[j]!),
      ...valuesOf(x, places),
    };
  });
}

/** Values of this size and more are plain where they are not far from 0, and none is far above 1. */
const SMALL = 2 ** -4;
const LARGE = 2 ** 6;

/** Whether columns can be taken as they are: those that were scaled before. */
function isPlain({ rows }: Matrix, { filled, lows, highs }: ReturnType<typeof survey>): boolean {
  return filled.every((count, j) => {
    const spread = highs[j]! - lows[j]!;
    return (
      2 * count > rows &&
      spread >= SMALL &&
      Math.max(Math.abs(lows[j]!), Math.abs(highs[j]!)) <= Math.min(LARGE, 4 * spread)
    );
  });
}

const plainDesign = ({ rows, columns, data }: Matrix): Omit<Design, 'means'> => ({
  ...{ rows, columns, dense: data, denseCount: columns },
  order: Uint32Array.from({ length: columns }, (_, j) => j),
  units: new Float64Array(columns).fill(1),
  shifts: new Float64Array(columns),
  ...{ starts: new Uint32Array(rows + 1), places: new Uint32Array(), entries: new Float64Array() },
});

/**
 * In how many rows each column is not 0, its range, and half of its mean's distance from its first value: in halves, since a difference
 * might overflow.
 */
function survey({ rows, columns, data }: Matrix, weights: Float64Array | undefined, total: number) {
  const filled = new Uint32Array(columns);
  const lows = data.slice(0, columns);
  const highs = data.slice(0, columns);
  const firsts = lows.map((value) => value / 2);
  const halfMeans = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    const share = (weights ? weights[i]! : 1) / total;
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      if (value !== 0) filled[j]! += 1;
      if (value < lows[j]!) lows[j] = value;
      else if (value > highs[j]!) highs[j] = value;
      halfMeans[j]! += share * (value / 2 - firsts[j]!);
    }
  }
  return { filled, lows, highs, halfMeans };
}

type Places = Pick<Design, 'order' | 'units' | 'shifts' | 'denseCount'>;

function valuesOf(x: Matrix, { order, units, shifts, denseCount }: Places) {
  const { rows, columns, data } = x;
  const dense = new Float64Array(rows * denseCount);
  const starts = new Uint32Array(rows + 1);
  for (let i = 0, at = 0, to = 0; i < rows; i++, at += columns) {
    for (let place = 0; place < denseCount; place++)
      dense[to++] = data[at + order[place]!]! * units[place]! - shifts[place]!;
    let count = 0;
    for (let place = denseCount; place < columns; place++) if (data[at + order[place]!] !== 0) count += 1;
    starts[i + 1] = starts[i]! + count;
  }
  const places = new Uint32Array(starts[rows]!);
  const entries = new Float64Array(starts[rows]!);
  for (let i = 0, at = 0, to = 0; i < rows; i++, at += columns) {
    for (let place = denseCount; place < columns; place++) {
      const value = data[at + order[place]!]!;
      if (value === 0) continue;
      places[to] = place;
      entries[to++] = value * units[place]!;
    }
  }
  return { dense, starts, places, entries };
}

/** Rows by which curvature is measured, and as many as there are columns at least. */
const SAMPLE = 4096;

/** Some rows of a design, evenly drawn, or a share of them; all of them where there are few. */
export function sampledRows({ rows, columns }: Design, share = 1): Uint32Array {
  const count = Math.min(rows, Math.max(SAMPLE * share, 2 * columns));
  const sampled = new Uint32Array(count);
  for (let i = 0; i < sampled.length; i++) sampled[i] = Math.floor((i * rows) / count);
  return sampled;
}

const matrices = new Derived<Design, Matrix>();

/** The sampled rows as a matrix, by place. */
export function sampleOf(design: Design): Matrix {
  return matrices.of(design, [], () => {
    const { columns, denseCount, dense, starts, places, entries } = design;
    const rows = sampledRows(design);
    if (rows.length === design.rows && denseCount === columns) return { rows: rows.length, columns, data: dense };
    const data = new Float64Array(rows.length * columns);
    rows.forEach((row, i) => {
      data.set(dense.subarray(row * denseCount, (row + 1) * denseCount), i * columns);
      for (let e = starts[row]!; e < starts[row + 1]!; e++) data[i * columns + places[e]!] = entries[e]!;
    });
    return { rows: rows.length, columns, data };
  });
}

/** A design of some of its rows. */
export function designOfRows(design: Design, rows: Uint32Array): Design {
  const { denseCount, starts, places, entries } = design;
  const dense = new Float64Array(rows.length * denseCount);
  const ownStarts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    dense.set(design.dense.subarray(row * denseCount, (row + 1) * denseCount), i * denseCount);
    ownStarts[i + 1] = ownStarts[i]! + starts[row + 1]! - starts[row]!;
  });
  const ownPlaces = new Uint32Array(ownStarts[rows.length]!);
  const ownEntries = new Float64Array(ownStarts[rows.length]!);
  rows.forEach((row, i) => {
    ownPlaces.set(places.subarray(starts[row]!, starts[row + 1]!), ownStarts[i]!);
    ownEntries.set(entries.subarray(starts[row]!, starts[row + 1]!), ownStarts[i]!);
  });
  return { ...design, rows: rows.length, dense, starts: ownStarts, places: ownPlaces, entries: ownEntries };
}
