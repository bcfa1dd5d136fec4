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
  /** How many places are dense, and their values: rows × that, row-major. */
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
    const places = placesOf(x, centred);
    const means = meansOf(x, places, (i) => (weights ? weights[i]! : 1) / total);
    const { order, origins, units, denseCount } = places;
    const shifts = origins.map(
      (origin, place) => origin * units[place]! + (centred && place < denseCount ? means[place]! : 0),
    );
    return {
      rows: x.rows,
      columns: x.columns,
      ...{ order, units, shifts, denseCount },
      ...valuesOf(x, places, shifts),
      means: means.map((mean, place) => (origins[place]! * units[place]! + mean) / units[place]!),
    };
  });
}

interface Places extends Pick<Design, 'order' | 'units' | 'denseCount'> {
  /** What each column is counted from: its first value where it is centred, so that a constant becomes 0, not its rounding. */
  readonly origins: Float64Array;
}

function placesOf(x: Matrix, centred: boolean): Places {
  const { filled, lows, highs } = survey(x);
  const all = Uint32Array.from({ length: x.columns }, (_, j) => j);
  const isDense = (j: number) => 2 * filled[j]! > x.rows;
  const dense = all.filter(isDense);
  const order = Uint32Array.from([...dense, ...all.filter((j) => !isDense(j))]);
  const origins = Float64Array.from(order, (j, place) => (centred && place < dense.length ? x.data[j]! : 0));
  const units = origins.map((origin, place) => {
    const j = order[place]!;
    // In halves, since a difference might overflow.
    const half = Math.max(Math.abs(highs[j]! / 2 - origin / 2), Math.abs(lows[j]! / 2 - origin / 2));
    return half === 0 ? 1 : unitOf(half) / 2;
  });
  return { order, origins, units, denseCount: dense.length };
}

/** In how many rows each column is not 0, and its range. */
function survey({ rows, columns, data }: Matrix) {
  const filled = new Uint32Array(columns);
  const lows = new Float64Array(columns).fill(Infinity);
  const highs = new Float64Array(columns).fill(-Infinity);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      if (value !== 0) filled[j]! += 1;
      if (value < lows[j]!) lows[j] = value;
      if (value > highs[j]!) highs[j] = value;
    }
  }
  return { filled, lows, highs };
}

/** By place: the mean distance from the origin, in its unit. */
function meansOf({ rows, columns, data }: Matrix, { order, origins, units }: Places, shareOf: (i: number) => number) {
  const means = new Float64Array(columns);
  const from = origins.map((origin, place) => origin * units[place]!);
  for (let i = 0, at = 0; i < rows; i++, at += columns) {
    const share = shareOf(i);
    for (let place = 0; place < columns; place++)
      means[place]! += share * (data[at + order[place]!]! * units[place]! - from[place]!);
  }
  return means;
}

function valuesOf(x: Matrix, { order, units, denseCount }: Places, shifts: Float64Array) {
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

/** Rows by which curvature is measured, evenly drawn, and as many as there are columns at least. */
const SAMPLE = 4096;

interface DesignSample {
  readonly rows: Uint32Array;
  /** By place. */
  readonly x: Matrix;
}

const samples = new Derived<Design, DesignSample>();

/** Some rows of a design as a matrix: all of them where there are few. */
export function sampleOf(design: Design): DesignSample {
  return samples.of(design, [], () => {
    const { columns, denseCount, dense, starts, places, entries } = design;
    const count = Math.min(design.rows, Math.max(SAMPLE, 2 * columns));
    const rows = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * design.rows) / count));
    const data = new Float64Array(count * columns);
    rows.forEach((row, i) => {
      data.set(dense.subarray(row * denseCount, (row + 1) * denseCount), i * columns);
      for (let e = starts[row]!; e < starts[row + 1]!; e++) data[i * columns + places[e]!] = entries[e]!;
    });
    return { rows, x: { rows: count, columns, data } };
  });
}
