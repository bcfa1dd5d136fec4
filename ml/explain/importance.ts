// Permutation importance: how much worse predictions get where a column's values are shuffled among the rows.
//
// Source: Breiman 2001, "Random Forests", section 10; of any model Fisher, Rudin and Dominici 2019, arXiv:1801.01489.

import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { meanOf, momentsOf } from '../core/moments.ts';
import type { Predictions } from '../core/predictions.ts';
import { createRandom, permutation, scrambled } from '../core/random.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import { classCountOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { columnsToMeasure } from './columns-to-measure.ts';
import { predictionCost } from './prediction-cost.ts';
import { sampleRows } from './sample-rows.ts';
import { shuffledPredictions } from './shuffled-predictions.ts';

const SHUFFLES = 5;
const FEWEST_SHUFFLES = 2;
const MOST_ROWS = 2000;
const FEWEST_ROWS = 50;
/**
 * How many rows the fits of a model predict in all, where that leaves the fewest rows and shuffles: seconds, whatever the
 * model. A number of rows and no clock, so that the same training gives the same bytes.
 */
const MOST_PREDICTED = 100_000;

/** What each column is worth to a model, as a release records it. */
export const importanceSchema = z.object({
  /** How many of the held-out rows it was measured on: all, or some drawn at random. */
  rows: z.int().positive(),
  /** How often each column was shuffled. */
  shuffles: z.int().positive(),
  /** How many columns beside those are worth less: of very many, those alone are measured whose shuffling moves predictions most. @default none */
  others: z.int().positive().optional(),
  /** The most important first. */
  columns: z.array(
    z.object({
      column: z.string(),
      /** By how much the task's objective got worse, on average; about 0, or below, where the column tells nothing. */
      drop: z.number(),
      /** The standard deviation of that over the shuffles. */
      deviation: z.number(),
      /** By how much the typical error grew, on average, in the target's unit; of classes, which have none, as `drop`. */
      error: z.number(),
    }),
  ),
});
export type Importance = z.infer<typeof importanceSchema>;

/** A metric of a task, as far as it matters here. */
interface Measure {
  readonly direction: 'higher' | 'lower';
  compute(truth: Float64Array, predictions: Predictions, weights?: Float64Array): number;
}

/** What is measured, on rows that the model did not learn from. */
interface Subject {
  readonly model: Model;
  readonly rows: Table;
  readonly declaration: Declaration;
  readonly task: { readonly objective: Measure; readonly typicalError?: Measure };
  readonly seed: number;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Told before each column, how many are done. */
  readonly onColumn?: (done: number, total: number) => void;
}

/**
 * What each feature is worth to a model, as it was declared, whatever is made of it: by how much the scores get worse where
 * its values are shuffled. They are shuffled among all rows, of other groups too, since within a group many columns are
 * constant. Every column meets the same shuffles. Columns that say the same stand in for each other, so that each may seem
 * to matter little. Where averages of many large fits would take too long, some of the fits stand for all.
 *
 * @throws the signal's reason once it is aborted
 */
export async function importanceOf(
  { model: whole, rows: all, declaration, task, seed }: Subject,
  { signal, onColumn = () => {} }: Options = {},
): Promise<Importance> {
  const features = featuresOf(declaration).map(({ name }) => name);
  const classes = classCountOf(declaration);
  const perRow = (of: Model) => features.length * predictionCost(of, classes);
  const model = affordable(whole, perRow(whole));
  const { rows: most, shuffles } = extentOf(all.rows, perRow(model));
  const random = createRandom(scrambled(seed));
  const sample = sampleRows(all, most, random);
  const orders = Array.from({ length: shuffles }, () => permutation(sample.rows, random));
  const names = await columnsToMeasure({ model, sample, features, shuffles, random, signal });
  const predict = shuffledPredictions(model, sample, features);
  const truth = columnOf(sample, declaration.target);
  const weights = weightsOf(sample, declaration);
  const metrics = [task.objective, task.typicalError ?? task.objective];
  const scores = (predictions: Predictions) => metrics.map((metric) => metric.compute(truth, predictions, weights));
  const unshuffled = scores(predict());
  const measured: Importance['columns'] = [];
  for (const [done, column] of names.entries()) {
    onColumn(done, names.length);
    // Ctrl-C is heard in between.
    await setImmediate();
    signal?.throwIfAborted();
    const worse = orders
      .map((order) => scores(predict([column], order)))
      .map((shuffled) => metrics.map((metric, k) => worsening(metric, unshuffled[k] as number, shuffled[k] as number)));
    const [drops, errors] = [0, 1].map((k) => Float64Array.from(worse, (each) => each[k] as number));
    const { mean: drop, deviation } = momentsOf(drops as Float64Array);
    measured.push({ column, drop, deviation, error: meanOf(errors as Float64Array) });
  }
  // A prediction that is not finite leaves nothing to compare.
  const finite = measured.filter((each) => [each.drop, each.deviation, each.error].every(Number.isFinite));
  const others = features.length - names.length;
  return {
    rows: sample.rows,
    shuffles,
    ...(others > 0 && { others }),
    columns: finite.toSorted((a, b) => b.drop - a.drop),
  };
}

/**
 * The same model with fewer fits of each member, one at least, where even the fewest rows would take too long.
 *
 * @param perRow what each row costs
 */
function affordable(model: Model, perRow: number): Model {
  const share = MOST_PREDICTED / (perRow * FEWEST_ROWS * FEWEST_SHUFFLES);
  if (share >= 1) return model;
  const some = <T>(parts: readonly T[]) => parts.slice(0, Math.max(1, Math.floor(share * parts.length)));
  return { ...model, members: model.members.map(({ weight, parts }) => ({ weight, parts: some(parts) })) };
}

/** How many rows, and how often, so that all is done in bounded time: rather fewer rows than fewer shuffles. */
function extentOf(held: number, perRow: number): { readonly rows: number; readonly shuffles: number } {
  const affordable = Math.floor(MOST_PREDICTED / perRow);
  const rows = Math.min(held, MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor(affordable / SHUFFLES)));
  const shuffles = Math.min(SHUFFLES, Math.max(FEWEST_SHUFFLES, Math.floor(affordable / rows)));
  return { rows, shuffles };
}

const worsening = ({ direction }: Measure, whole: number, shuffled: number) =>
  direction === 'higher' ? whole - shuffled : shuffled - whole;
