import { drawRows } from '../core/draw-rows.ts';
import { DataError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, takeRows, weightsOf } from '../data/table.ts';
import type { FittedModel } from '../estimators/model.ts';
import type { Candidate } from './candidate.ts';
import { drawingOf } from './draw-rows.ts';
import { roundsForAll } from './ensemble/rounds-for-all.ts';
import type { Evaluated, Failed } from './evaluated.ts';
import {
  type FitContext,
  type FitFailure,
  type FitResult,
  type FoldFit,
  type FoldOptions,
  failureOf,
} from './fit-job.ts';
import type { FitHooks, Fitting } from './fitting.ts';
import { checkedScores, deviationKey, type Scores, score, scoreOf } from './metric.ts';
import { ownFit, type SharedFit, withRounds } from './shared-fit.ts';
import type { Task } from './task.ts';

const LONGEST_REASON = 500;

/** What a candidate came to in one fold. */
export interface FoldResult {
  readonly fold: number;
  /** Of the rows that the fold holds. */
  readonly predictions: Predictions;
  readonly scores: Scores;
  /** How many rounds its model has; null where it does not grow in rounds. */
  readonly rounds: number | null;
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** Where it was wanted. */
  readonly model?: FittedModel | undefined;
}

/** What came of a candidate; one that cannot be fitted or scored has failed, and is no trouble to the others. */
export interface Evaluation {
  readonly entry: Evaluated;
  /** The candidate as it was fitted in the folds, where growing may have stopped after so many rounds without gain. */
  readonly asFitted: Candidate;
  readonly patience?: number | undefined;
  /** In the order of the folds; none where one has failed, or there was no room for what they predict. */
  readonly folds: readonly FoldResult[];
  /** Where in the code it failed, if the fault is ours. */
  readonly stack?: string | undefined;
}

/** What all evaluations of a training have in common. */
export interface EvaluationOptions {
  readonly context: FitContext;
  readonly task: Task;
  readonly fitting: Fitting;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fits a candidate in each fold, and scores it on the rows that the fold holds out.
 *
 * @param hooksOf what the caller wants of the fit of each fold
 * @throws the signal's reason once it is aborted
 */
export async function evaluate(
  candidate: Candidate,
  options: EvaluationOptions,
  hooksOf: (fold: number) => FitHooks,
): Promise<Evaluation> {
  const folds = options.context.folds.map((_, fold) => fold);
  const [results] = await evaluateFolds(ownFit(candidate), folds, {}, options, hooksOf);
  return summarise(candidate, results as FoldResult[] | FitFailure, options);
}

/**
 * Fits candidates that share a fit in some folds.
 *
 * @returns of each candidate its results in these folds, or why one of them failed
 * @throws the signal's reason once it is aborted
 */
export async function evaluateFolds(
  { candidates, fitted, rounds }: SharedFit,
  folds: readonly number[],
  how: FoldOptions,
  { context, task, fitting, signal }: EvaluationOptions,
  hooksOf: (fold: number) => FitHooks,
): Promise<(FoldResult[] | FitFailure)[]> {
  const ends = folds.map(() => new AbortController());
  // By hand, since a signal of several costs as much as a small fit.
  const endAll = () => {
    for (const end of ends) end.abort(signal?.reason);
  };
  if (signal?.aborted) endAll();
  signal?.addEventListener('abort', endAll);
  const fits = await Promise.all(
    folds.map(async (fold, i) => {
      const end = ends[i] as AbortController;
      try {
        const result = await fitting.fit({ ...how, candidate: fitted, rounds, fold }, hooksOf(fold), end.signal);
        // Those before it go on, so that the reason is that of the first fold that fails, in whatever order they end.
        if (result.status === 'failed') for (const later of ends.slice(i + 1)) later.abort();
        return result;
      } catch (error) {
        if (end.signal.aborted && !signal?.aborted) return undefined;
        throw error;
      }
    }),
  );
  signal?.removeEventListener('abort', endAll);
  const failure = fits.find((result) => result?.status === 'failed');
  if (failure) return candidates.map(() => failure);
  return candidates.map((_, stage) => {
    try {
      return fits.map((fit, i) => foldResult(fit, stage, folds[i] as number, context, task));
    } catch (error) {
      return failureOf(error);
    }
  });
}

/** What came of a candidate, by its results in all folds. One that stopped early has as many rounds as they came to, on average. */
export function summarise(
  candidate: Candidate,
  results: readonly FoldResult[] | FitFailure,
  { task }: Pick<EvaluationOptions, 'context' | 'task'>,
  patience?: number,
): Evaluation {
  if ('reason' in results) return failed(candidate, results);
  try {
    const cv = meanScores(
      results.map(({ scores }) => scores),
      task,
    );
    const grown = patience === undefined ? candidate : asGrown(candidate, results);
    return {
      entry: { status: 'scored', ...grown, cv },
      asFitted: candidate,
      patience,
      folds: results,
    };
  } catch (error) {
    return failed(candidate, failureOf(error));
  }
}

/** A candidate that has failed; its reason has an end, and is one line. */
export function failed(candidate: Candidate, { reason, stack }: FitFailure): Evaluation & { entry: Failed } {
  const line = reason.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON - 1)}…` : line;
  return {
    entry: { status: 'failed', ...candidate, reason: short },
    asFitted: candidate,
    folds: [],
    stack,
  };
}

function foldResult(
  fit: FitResult | undefined,
  stage: number,
  fold: number,
  context: FitContext,
  task: Task,
): FoldResult {
  if (fit?.status !== 'predicted') throw new Error('a fold came to no predictions');
  const { rounds, fitSeconds, predictSeconds, model } = fit;
  const predictions = finitePredictions(fit, stage);
  const scores = scoreFold(predictions, context.folds[fold] as Fold, context, task);
  return { fold, predictions, scores, rounds, fitSeconds, predictSeconds, model };
}

function finitePredictions({ predictions }: FoldFit, stage: number): Predictions {
  const some = predictions[stage] as Predictions;
  const wrong = some.values.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return some;
  throw new DataError(`a prediction is ${wrong}: the values are too far from those that were learned from`);
}

/** Scores predictions of a fold's rows, or of those that were drawn of them. @throws DataError where a score is not finite */
function scoreFold(
  predictions: Predictions,
  { held }: Fold,
  context: Pick<FitContext, 'declaration' | 'train' | 'seed'>,
  task: Task,
): Scores {
  const { declaration, train } = context;
  const rows = takeRows(train, drawRows(held, predictions.rows, drawingOf(context)));
  return score(task.metrics, columnOf(rows, declaration.target), predictions, weightsOf(rows, declaration));
}

function asGrown(candidate: Candidate, folds: readonly FoldResult[]): Candidate {
  const counts = folds.flatMap(({ rounds }) => rounds ?? []);
  return counts.length === 0 ? candidate : withRounds(candidate, roundsForAll(counts));
}

/**
 * The scores of predictions of the rows that each fold holds; a fold without any does not count.
 *
 * @throws DataError where one is not finite
 */
export function cvOf(
  predictions: readonly (Predictions | undefined)[],
  { context, task }: Pick<EvaluationOptions, 'context' | 'task'>,
): Scores {
  const scores = predictions.flatMap((some, fold) =>
    some ? [scoreFold(some, context.folds[fold] as Fold, context, task)] : [],
  );
  return meanScores(scores, task);
}

/** The means over the folds, and the standard deviation of the objective. @throws DataError where one is not finite */
function meanScores(folds: readonly Scores[], { metrics, objective }: Task): Scores {
  const average = (pick: (scores: Scores) => number) =>
    folds.reduce((sum, scores) => sum + pick(scores), 0) / folds.length;
  const means = Object.fromEntries(metrics.map((metric) => [metric.name, average((fold) => scoreOf(fold, metric))]));
  const mean = scoreOf(means, objective);
  const deviation = Math.sqrt(average((fold) => (scoreOf(fold, objective) - mean) ** 2));
  if (!Number.isFinite(deviation)) throw new DataError(`its ${objective.title} in some fold is too bad to be compared`);
  return { ...checkedScores(metrics, means), [deviationKey(objective)]: deviation };
}
