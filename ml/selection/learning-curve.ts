// How good a model is that has fewer rows to learn from: whether more of them would help.

import { z } from 'zod';
import { drawRows } from '../core/draw-rows.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, takeRows, weightsOf } from '../data/table.ts';
import type { Candidate } from './candidate.ts';
import { drawingOf } from './draw-rows.ts';
import type { Evaluation, FoldResult } from './evaluation.ts';
import type { FitContext } from './fit-job.ts';
import { type Fitting, fitHere } from './fitting.ts';
import { scoreOf } from './metric.ts';
import type { RecordedTrial } from './recorded-trial.ts';
import { costOf, type Size, sizeOf, sizeOfRows } from './search/auto/cost.ts';
import { roundsOf } from './shared-fit.ts';
import type { Task } from './task.ts';

/** The curve of one candidate, as a release records it. */
export const learningCurveSchema = z.object({
  model: z.string(),
  /** Fewest rows first; the last has all rows that folds learn from. */
  points: z.array(
    z.object({
      /** How many rows were learned from, on average over the folds. */
      rows: z.number(),
      /** The task's objective on the rows that each of some folds holds. */
      scores: z.array(z.number()),
    }),
  ),
});
export type LearningCurve = z.infer<typeof learningCurveSchema>;

/** The parts of a fold's rows that are learned from; what all of them come to, the search has measured. */
const SHARES = [0.1, 0.25, 0.5];
/** Of fewer rows hardly anything can be learned. */
const FEWEST_ROWS = 20;
const MOST_FOLDS = 5;
/**
 * What the fits may cost beside those of the search, and within which limits: seconds as `costOf` estimates them, and no clock, so that
 * the same training gives the same curve.
 */
const SHARE_OF_SEARCH = 0.05;
const LEAST_COST = 0.2;
const MOST_COST = 4;

interface Options {
  readonly context: FitContext;
  readonly task: Task;
  /** What the search tried in all folds. */
  readonly trials: readonly RecordedTrial[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fits a candidate as the search did, on fewer rows, which are drawn at random from those that each of the last folds learns from;
 * of a candidate whose fits are large in fewer folds, or on fewer rows only.
 *
 * @param evaluation what it came to in the folds
 * @returns null where there are too few rows, or every such fit would take too long
 * @throws the signal's reason once it is aborted
 */
export async function learningCurveOf(evaluation: Evaluation, options: Options): Promise<LearningCurve | null> {
  const { context, task, signal } = options;
  const { entry, folds } = evaluation;
  const shares = sharesOf(evaluation, context);
  const extent = extentOf(evaluation, shares, options);
  if (!extent) return null;
  const used = folds.slice(-extent.folds);
  const points: LearningCurve['points'] = [];
  for (const share of shares.slice(0, extent.shares)) {
    const smaller = used.map(({ fold }) => smallerFold(context, fold, share));
    const fitting = fitHere({ ...context, folds: smaller });
    const scores: number[] = [];
    for (const [fold, { held }] of smaller.entries()) {
      const score = await scoreOfFit(evaluation, { fitting, fold, held, context, task, signal });
      if (score !== undefined) scores.push(score);
    }
    // A mean over other folds than the next point's would be another measure.
    if (scores.length === smaller.length) points.push({ rows: meanRows(smaller), scores });
  }
  if (points.length === 0) return null;
  const whole = used.map(({ fold }) => context.folds[fold] as Fold);
  const scoresOf = ({ scores }: FoldResult) => scoreOf(scores, task.objective);
  return { model: entry.model, points: [...points, { rows: meanRows(whole), scores: used.map(scoresOf) }] };
}

/** What a learning curve is measured at: in how many folds, at how many of the shares, ascending, and what that costs. */
interface Extent {
  readonly folds: number;
  readonly shares: number;
  readonly cost: number;
}

/** What the learning curve of a candidate is to be expected to cost: seconds as `costOf` estimates them. */
export const costOfLearningCurve = (evaluation: Evaluation, options: Pick<Options, 'context' | 'trials'>): number =>
  extentOf(evaluation, sharesOf(evaluation, options.context), options)?.cost ?? 0;

/** The shares of the rows that leave enough of them. */
function sharesOf({ folds }: Evaluation, context: FitContext): number[] {
  const fewest = Math.min(...folds.map(({ fold }) => (context.folds[fold] as Fold).learned.length));
  return SHARES.filter((share) => share * fewest >= FEWEST_ROWS);
}

/** Undefined where not one fit is affordable. */
function extentOf(
  { entry, folds }: Evaluation,
  shares: readonly number[],
  { context, trials }: Pick<Options, 'context' | 'trials'>,
): Extent | undefined {
  const size = sizeOf(context);
  const cost = (candidate: Candidate, of: Size) => costOf(candidate, of, roundsOf(candidate));
  const ofSearch = trials.reduce((sum, trial) => sum + context.folds.length * cost(trial, size), 0);
  const most = Math.min(MOST_COST, Math.max(LEAST_COST, SHARE_OF_SEARCH * ofSearch));
  for (let count = shares.length; count > 0; count--) {
    const each = shares
      .slice(0, count)
      .reduce((sum, share) => sum + cost(entry, sizeOfRows(context.declaration, share * size.rows, size.held)), 0);
    const affordable = Math.min(MOST_FOLDS, folds.length, Math.floor(most / each));
    if (affordable > 0) return { folds: affordable, shares: count, cost: affordable * each };
  }
  return undefined;
}

function smallerFold(context: FitContext, fold: number, share: number): Fold {
  const { learned, held } = context.folds[fold] as Fold;
  return { learned: drawRows(learned, Math.round(share * learned.length), drawingOf(context)), held };
}

const meanRows = (folds: readonly Fold[]) => folds.reduce((sum, { learned }) => sum + learned.length, 0) / folds.length;

interface Fit extends Pick<Options, 'context' | 'task' | 'signal'> {
  readonly fitting: Fitting;
  readonly fold: number;
  readonly held: Uint32Array;
}

/** The score of one fit; undefined where it failed. */
async function scoreOfFit({ asFitted, patience }: Evaluation, of: Fit): Promise<number | undefined> {
  const { fitting, fold, held, context, task, signal = new AbortController().signal } = of;
  const silent = { onStart: () => {}, onNote: () => {}, onEnd: () => {} };
  const result = await fitting.fit({ candidate: asFitted, fold, patience }, silent, signal);
  const predictions = result.status === 'predicted' ? result.predictions.at(-1) : undefined;
  if (!predictions) return undefined;
  const rows = takeRows(context.train, held);
  const { declaration } = context;
  const score = task.objective.compute(columnOf(rows, declaration.target), predictions, weightsOf(rows, declaration));
  return Number.isFinite(score) ? score : undefined;
}
