// How a model compares with the release that was in use when it was trained: champion and challenger.

import { z } from 'zod';
import { type Metric, scoreText } from './metric.ts';
import type { Task } from './task.ts';

const compared = z.object({
  status: z.literal('compared'),
  /** The id of the champion: the release in use. */
  release: z.string(),
  /** The task's metric by which they were compared. */
  metric: z.string(),
  champion: z.number(),
  challenger: z.number(),
  /** Above 0 where the challenger is better, whatever the metric's direction. */
  difference: z.number(),
  /** The difference's 95 % confidence interval; null where all rows are of one group or time. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** What was drawn for it, and how many of them there are. */
  unit: z.enum(['row', 'group', 'time']),
  units: z.int().positive(),
  /** On how many of the challenger's held-out rows, and of how many. */
  rows: z.int().positive(),
  of: z.int().positive(),
  /** Whether they are new to the champion; else it learned from some of them, or that is not known. */
  basis: z.enum(['new', 'learned', 'unknown']),
  /** How much worse a challenger may be. */
  tolerance: z.number(),
});

const incomparable = z.object({
  status: z.literal('incomparable'),
  /** Null where it could not be read. */
  release: z.string().nullable(),
  /** In a sentence without its full stop. */
  reason: z.string(),
});

/** What came of comparing a model with the release in use, as a release records it. */
export const comparisonSchema = z.discriminatedUnion('status', [compared, incomparable]);
export type Comparison = z.infer<typeof comparisonSchema>;
export type Compared = z.infer<typeof compared>;

/** Whether it is worse by more than is tolerated; what cannot be compared is not. */
export function isTooMuchWorse(comparison: Comparison): boolean {
  return comparison.status === 'compared' && comparison.difference < -comparison.tolerance;
}

/** What came of comparing a challenger with the release in use, in a clause. */
export function comparisonInWords(comparison: Comparison, challenger: string, task: Task): string {
  const { release } = comparison;
  if (comparison.status === 'compared')
    return `${comparedInWords(comparison, challenger, `release ${comparison.release}, which was in use,`, task)}; up to ${comparison.tolerance} worse is tolerated`;
  const which = release === null ? 'the release' : `release ${release}`;
  return `it could not be compared with ${which} that was in use: ${comparison.reason}`;
}

/**
 * What each scores, and the difference: "on the same 200 held-out rows linear has R² 0.8600, and release 1380a7252308, which was
 * in use, R² 0.8800: a difference of −0.0200 (95 % confidence interval −0.0312 to −0.0101)".
 *
 * @param champion as it is called there
 */
export function comparedInWords(compared: Compared, challenger: string, champion: string, task: Task): string {
  const metric = task.metrics.find(({ name }) => name === compared.metric) ?? task.gate.metric;
  const score = (value: number) => `${metric.title} ${scoreText(metric, value)}`;
  return (
    `${rowsInWords(compared)} ${challenger} has ${score(compared.challenger)}, and ${champion} ` +
    `${score(compared.champion)}: ${differenceInWords(compared, metric)}`
  );
}

function differenceInWords({ difference, interval, tolerance, unit, units }: Compared, metric: Metric): string {
  // In full where it would else read as if it were on the other side of what is tolerated.
  const isMisleading = difference < -tolerance !== Number(scoreText(metric, difference)) < -tolerance;
  const figure = `a difference of ${isMisleading ? signed(difference) : signed(difference, metric)}`;
  if (interval === null) return figure;
  const [low, high] = interval.map((end) => signed(end, metric));
  const drawn = unit === 'row' ? '' : `, by ${units} ${unit}s`;
  return `${figure} (95 % confidence interval ${low} to ${high}${drawn})`;
}

function rowsInWords({ rows, of, basis, release }: Compared): string {
  if (basis === 'unknown')
    return `on ${rows} held-out rows (from some of which release ${release} may have learned: it lacks its data, which would tell)`;
  if (basis === 'learned')
    return `on ${rows} held-out rows (from some of which release ${release} has learned, to its advantage: too few are new to it)`;
  return rows === of
    ? `on the same ${rows} held-out rows`
    : `on the ${rows} of ${of} held-out rows that are new to both`;
}

/** A number with its sign: "+0.0123", "−0.0500". */
function signed(value: number, metric?: Metric): string {
  const size = metric === undefined ? String(Math.abs(value)) : scoreText(metric, Math.abs(value));
  return `${value < 0 ? '−' : '+'}${size}`;
}
