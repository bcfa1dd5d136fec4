import { type Matrix, rowOf } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { compareRows, type Kernel } from './kernel.ts';

/** Training rows that stand for all. */
export interface Landmarks {
  readonly count: number;
  /** count × columns. */
  readonly points: Float64Array;
  /** The lower triangular Cholesky factor of how alike they are to each other: count × count, row-major. */
  readonly factor: Float64Array;
}

/** A row of which so little is not known by the landmarks brings nothing but rounding. */
const LEAST = 1e-10;

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
  const unknown = new Float64Array(x.rows).fill(1);
  const chosen: number[] = [];
  // What each landmark says of each row that those before it did not.
  const told: Float64Array[] = [];
  while (chosen.length < most) {
    signal?.throwIfAborted();
    const next = drawRow(unknown, random);
    if (next === undefined) break;
    const news = new Float64Array(x.rows);
    compareRows(kernel, x, { at: 0, rows: x.rows }, { points: rowOf(x, next), count: 1 }, news);
    for (const before of told) {
      const share = before[next]!;
      for (let i = 0; i < news.length; i++) news[i]! -= share * before[i]!;
    }
    const scale = 1 / Math.sqrt(unknown[next]!);
    for (let i = 0; i < news.length; i++) {
      const value = news[i]! * scale;
      news[i] = value;
      unknown[i] = Math.max(0, unknown[i]! - value * value);
    }
    // Rounding leaves something.
    unknown[next] = 0;
    told.push(news);
    chosen.push(next);
  }
  const count = chosen.length;
  const points = new Float64Array(count * x.columns);
  const factor = new Float64Array(count * count);
  chosen.forEach((row, i) => {
    points.set(rowOf(x, row), i * x.columns);
    for (let k = 0; k <= i; k++) factor[i * count + k] = told[k]![row]!;
  });
  return { count, points, factor };
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
