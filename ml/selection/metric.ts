import { DataError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';

/** What predictions are worth, as one number. */
export interface Metric {
  /** Its key in JSON: `r2`. */
  readonly name: string;
  /** What people read: `R²`. */
  readonly title: string;
  /** Which values are better. */
  readonly direction: 'higher' | 'lower';
  /** Whether it is in the unit of the target, or a number of its own. */
  readonly unit: 'target' | 'none';
  /** The best value that there can be. */
  readonly best: number;
  /** How many decimals people are shown. */
  readonly digits: number;
  /**
   * Of predictions for rows whose targets are `truth`, at least one.
   *
   * @param weights how much each row counts. @default 1 each
   * @returns a number that may be infinite or NaN, where errors are too large
   */
  compute(truth: Float64Array, predictions: Predictions, weights?: Float64Array): number;
  /**
   * Of a metric that the root mean squared error decides: what it is at such an error in these rows, so that a blend can be
   * scored by sums of products, without its predictions.
   */
  readonly ofRmse?: (truth: Float64Array, weights?: Float64Array) => (rmse: number) => number;
  /** Of a metric that hangs on how probable each row was said to be of its own class, and on nothing else: the same of these, one a row. */
  readonly ofOwnClass?: (truth: Float64Array, own: Float64Array, weights?: Float64Array) => number;
}

/** Metrics by name. */
export type Scores = Readonly<Record<string, number>>;

/**
 * Predictions by several metrics.
 *
 * @throws DataError where one of them is not finite
 */
export function score(
  metrics: readonly Metric[],
  truth: Float64Array,
  predictions: Predictions,
  weights?: Float64Array,
): Scores {
  if (truth.length === 0 || predictions.rows !== truth.length)
    throw new Error(`${predictions.rows} predictions for ${truth.length} rows`);
  return checkedScores(
    metrics,
    Object.fromEntries(metrics.map((metric) => [metric.name, metric.compute(truth, predictions, weights)])),
  );
}

/** The same scores. @throws DataError where one is not finite */
export function checkedScores(metrics: readonly Metric[], scores: Scores): Scores {
  if (metrics.every((metric) => Number.isFinite(scores[metric.name]))) return scores;
  const told = metrics.map((metric, i) => `${metric.title} ${i === 0 ? 'is ' : ''}${scores[metric.name]}`);
  throw new DataError(`it cannot be scored, since its errors are too large: ${told.join(', ')}`);
}

/** One of some scores. @throws Error where they lack it */
export function scoreOf(scores: Scores, { name }: Metric): number {
  const value = scores[name];
  if (value === undefined) throw new Error(`there is no score ${name} among ${Object.keys(scores).join(', ')}`);
  return value;
}

/** One of some scores, or null where they lack it: of a model that was imported without rows to score it on. */
export const scoreIfKnown = (scores: Scores, { name }: Metric): number | null => scores[name] ?? null;

/** Whether a score is better than another; none is better than, or worse than, what is not a number. */
export function isBetter({ direction }: Metric, a: number, b: number): boolean {
  return direction === 'higher' ? a > b : a < b;
}

/** The mean of a metric over folds, and its standard deviation, which has a key of its own. */
export const deviationKey = ({ name }: Metric): string => `${name}_sd`;

/** From here on decimals tell less than the digits before the point, and below the other so many decimals tell too little. */
const [LARGE, SMALL] = [1e15, 0.01];
const SIGNIFICANT = 3;
/** A score without a unit beyond this is a number out of all proportion, as R² of a target with one value that is far out. */
const LARGE_SCORE = 1e6;

/** A score, or a difference of two, as people are shown it: in the unit of the target with as many digits as tell something, however small or large it is. */
export function scoreText({ unit, digits }: Pick<Metric, 'unit' | 'digits'>, value: number): string {
  const size = Math.abs(value);
  if (unit === 'target' && size > 0 && Number.isFinite(size) && !(size >= SMALL && size < LARGE))
    return String(Number(value.toPrecision(SIGNIFICANT)));
  if (unit !== 'target' && Number.isFinite(size) && size >= LARGE_SCORE) return value.toExponential(SIGNIFICANT - 1);
  const text = value.toFixed(digits);
  // What rounds to nothing has no sign.
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A score as people are shown it. */
export const shown = (metric: Metric, scores: Scores): string => scoreText(metric, scoreOf(scores, metric));

/** The same with its title, "R² 0.812"; null where it is not known. */
export const shownIfKnown = (metric: Metric, scores: Scores): string | null =>
  scoreIfKnown(scores, metric) === null ? null : `${metric.title} ${shown(metric, scores)}`;
