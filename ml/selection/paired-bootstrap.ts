import { createRandom, type Random } from '../core/random.ts';
import {
  type GroupedRows,
  numberGroups,
  orderByTime,
  type Relations,
  rowsByGroup,
  rowsOfGroups,
} from '../core/relations.ts';
import type { Metric } from './metric.ts';
import { byOwnClass, gainIn, type Pair } from './paired-difference.ts';

/** What is drawn as a whole: rows, or what keeps together rows that resemble each other. */
type DrawnUnit = 'row' | 'group' | 'time';

/** Between what a difference lies with 95 % confidence. */
interface BootstrapInterval {
  /** Null where nothing can be drawn, since all rows are of one group or time. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly unit: DrawnUnit;
  /** How many of them there are. */
  readonly units: number;
}

const CONFIDENCE = 0.95;
/** The ends that so many find are as sure as 2 % of the interval's width. */
const RESAMPLES = 2000;
/** Of many rows the ends are close to each other, and fewer resamples are enough: so few at least (5 %), and so many rows in all. */
const FEWEST_RESAMPLES = 200;
const MOST_DRAWN_ROWS = 1e7;

/**
 * The 95 % confidence interval of how much better one candidate is than another on the same rows: percentiles of the gain in
 * resamples of the rows, each drawn for both candidates alike. Whole groups are drawn where rows have groups. Rows with times are
 * drawn in blocks of consecutive times, as many in a block as the cube root of their number, since errors of days that follow each other
 * are alike (a circular block bootstrap).
 *
 * Source: Efron and Tibshirani 1993, An introduction to the bootstrap, chapters 8 and 13; Politis and Romano 1992, A circular
 * block-resampling procedure for stationary data.
 */
export function bootstrapInterval(given: Metric, between: Pair, relations: Relations, seed: number): BootstrapInterval {
  const { metric, pair } = byOwnClass(given, between);
  const rows = pair.truth.length;
  const { unit, units, draw } = drawingOf(rows, relations);
  if (units < 2) return { interval: null, unit, units };
  const resamples = Math.min(RESAMPLES, Math.max(FEWEST_RESAMPLES, Math.floor(MOST_DRAWN_ROWS / rows)));
  const random = createRandom(seed);
  const gains = Float64Array.from({ length: resamples }, () => gainIn(metric, pair, draw(random))).sort();
  const tail = (1 - CONFIDENCE) / 2;
  return { interval: [quantileOf(gains, tail), quantileOf(gains, 1 - tail)], unit, units };
}

interface Drawing {
  readonly unit: DrawnUnit;
  readonly units: number;
  /** As many units as there are, with replacement, as the rows that they have. */
  readonly draw: (random: Random) => Uint32Array;
}

function drawingOf(rows: number, { groups, times }: Relations): Drawing {
  if (groups) {
    const units = rowsByGroup(numberGroups(groups));
    const draw = (random: Random) => rowsOfGroups(units, drawOfEach(units.count, random));
    return { unit: 'group', units: units.count, draw };
  }
  if (times) {
    const units = rowsByTime(times);
    return { unit: 'time', units: units.count, draw: (random) => rowsOfGroups(units, drawBlocks(units.count, random)) };
  }
  return { unit: 'row', units: rows, draw: (random) => drawOfEach(rows, random) };
}

/** So many of the numbers from 0 to below `count`, with replacement. */
function drawOfEach(count: number, random: Random): Uint32Array {
  const drawn = new Uint32Array(count);
  for (let i = 0; i < count; i++) drawn[i] = random.below(count);
  return drawn;
}

/** The rows of each time, from the earliest to the latest. */
function rowsByTime(times: Float64Array): GroupedRows {
  const rows = orderByTime(times);
  const starts = new Uint32Array(rows.length + 1);
  let count = 0;
  for (let at = 0; at < rows.length; at++)
    if (at === 0 || times[rows[at] as number] !== times[rows[at - 1] as number]) starts[count++] = at;
  starts[count] = rows.length;
  return { count, rows, starts };
}

/** Blocks of consecutive units, the first following the last, until there are as many as before. */
function drawBlocks(count: number, random: Random): Uint32Array {
  const length = Math.max(1, Math.floor(Math.cbrt(count)));
  const drawn = new Uint32Array(count);
  for (let done = 0; done < count; ) {
    const start = random.below(count);
    for (let i = 0; i < length && done < count; i++) drawn[done++] = (start + i) % count;
  }
  return drawn;
}

/** Between the two values that are nearest to the share, as NumPy's `quantile` does. */
function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.ceil(place)] as number];
  return low + (place - below) * (high - low);
}
