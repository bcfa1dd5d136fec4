import { copyRows, type Matrix, rowOf } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { compareRows, type Kernel } from './kernel.ts';

/** Training rows that stand for all. */
export interface Landmarks {
  readonly count: number;
  /** count × columns. */
  readonly points: Float64Array;
  /** The lower triangular Cholesky factor of how alike they are to each other: count × count, row-major. */
  readonly factor: Float64Array;
  /** What each row that they were chosen among becomes: solves factor · z = how alike it is to them. */
  readonly features: Matrix;
}

/** A row of which so little is not known by the landmarks brings nothing but rounding. */
const LEAST = 1e-12;
/** So few that what is written of them stays in the cache. */
const ROWS_AT_A_TIME = 32;

/**
 * Chooses landmarks among rows, one after the other: each row with a chance of what of it those before do not know.
 *
 * Source: Chen, Epperly, Tropp and Webber 2022, Randomly pivoted Cholesky, arXiv:2207.06503, algorithm 2.1.
 *
 * @param most how many; fewer where those know all of the rows
 */
export function chooseLandmarks(
  kernel: Kernel,
  x: Matrix,
  {
    most,
    random,
    signal,
  }: { readonly most: number; readonly random: Random; readonly signal?: AbortSignal | undefined },
): Landmarks {
  const { rows } = x;
  const unknown = new Float64Array(rows).fill(1);
  const chosen: number[] = [];
  // What each landmark says of each row that those before it did not.
  const told: Float64Array[] = [];
  while (chosen.length < most) {
    signal?.throwIfAborted();
    const next = drawRow(unknown, random);
    if (next === undefined) break;
    const news = new Float64Array(rows);
    compareRows(kernel, x, { at: 0, rows }, { points: rowOf(x, next), count: 1 }, news);
    subtractKnown(news, told, next);
    const scale = 1 / Math.sqrt(unknown[next]!);
    for (let i = 0; i < rows; i++) {
      const value = news[i]! * scale;
      news[i] = value;
      unknown[i] = Math.max(0, unknown[i]! - value * value);
    }
    // Rounding leaves something.
    unknown[next] = 0;
    told.push(news);
    chosen.push(next);
  }
  const numbers = Uint32Array.from(chosen);
  const features = rowMajor(told, rows);
  const { data: factor } = copyRows(features, numbers);
  // What a landmark was not known by is what rounding has left.
  numbers.forEach((_, i) => {
    factor.fill(0, i * numbers.length + i + 1, (i + 1) * numbers.length);
  });
  return { count: numbers.length, points: copyRows(x, numbers).data, factor, features };
}

/** Takes from each row what the landmarks before say of it and of the next one: four at a time, so that it is read and written less often. */
function subtractKnown(news: Float64Array, told: readonly Float64Array[], next: number): void {
  let k = 0;
  for (; k + 4 <= told.length; k += 4) {
    const [a, b, c, d] = [told[k]!, told[k + 1]!, told[k + 2]!, told[k + 3]!];
    const [ofA, ofB, ofC, ofD] = [a[next]!, b[next]!, c[next]!, d[next]!];
    for (let i = 0; i < news.length; i++) news[i]! -= ofA * a[i]! + ofB * b[i]! + ofC * c[i]! + ofD * d[i]!;
  }
  for (; k < told.length; k++) {
    const column = told[k]!;
    const share = column[next]!;
    for (let i = 0; i < news.length; i++) news[i]! -= share * column[i]!;
  }
}

function rowMajor(columns: readonly Float64Array[], rows: number): Matrix {
  const count = columns.length;
  const data = new Float64Array(rows * count);
  for (let first = 0; first < rows; first += ROWS_AT_A_TIME) {
    const end = Math.min(rows, first + ROWS_AT_A_TIME);
    columns.forEach((column, k) => {
      for (let i = first; i < end; i++) data[i * count + k] = column[i]!;
    });
  }
  return { rows, columns: count, data };
}

/** A row, with a chance of what is not known of it; undefined where next to nothing is left. */
function drawRow(unknown: Float64Array, random: Random): number | undefined {
  let total = 0;
  for (const value of unknown) if (value > LEAST) total += value;
  let rest = random.uniform() * total;
  let last: number | undefined;
  for (let i = 0; i < unknown.length && rest >= 0; i++) {
    const value = unknown[i]!;
    if (value <= LEAST) continue;
    last = i;
    rest -= value;
  }
  return last;
}
