import { DataError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, weightsOf } from '../data/table.ts';
import type { Candidate } from './candidate.ts';
import type { Evaluated, Failed } from './evaluated.ts';
import { type FitContext, type FitFailure, type FitResult, failureOf } from './fit-job.ts';
import type { FitHooks, Fitting } from './fitting.ts';
import { checkedScores, deviationKey, type Scores, score, scoreOf } from './metric.ts';
import type { Task } from './task.ts';

const LONGEST_REASON = 500;

/** What came of a candidate; one that cannot be fitted or scored has failed, and is no trouble to the others. */
export interface Evaluation {
  readonly entry: Evaluated;
  /** For each training row what the fit of the fold predicts that did not learn from it; null where one has failed. */
  readonly outOfFold: Predictions | null;
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
  { context, task, fitting, signal }: EvaluationOptions,
  hooksOf: (fold: number) => FitHooks,
): Promise<Evaluation> {
  const ends = context.folds.map(() => new AbortController());
  const results = await Promise.all(
    ends.map(async (end, fold) => {
      try {
        const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
        const result = await fitting.fit({ candidate, fold }, hooksOf(fold), either);
        // Those before it go on, so that the reason is that of the first fold that fails, in whatever order they end.
        if (result.status === 'failed') for (const later of ends.slice(fold + 1)) later.abort();
        return result;
      } catch (error) {
        if (end.signal.aborted && !signal?.aborted) return undefined;
        throw error;
      }
    }),
  );
  const failure = results.find((result) => result?.status === 'failed');
  if (failure) return failed(candidate, failure);
  try {
    const predictions = results.map(predictionsOf);
    const cv = scoreFolds(predictions, context, task);
    return { entry: { status: 'scored', ...candidate, cv }, outOfFold: assemble(predictions, context) };
  } catch (error) {
    return failed(candidate, failureOf(error));
  }
}

/** A candidate that has failed; its reason has an end, and is one line. */
export function failed(candidate: Candidate, { reason, stack }: FitFailure): Evaluation & { entry: Failed } {
  const line = reason.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON - 1)}…` : line;
  return { entry: { status: 'failed', ...candidate, reason: short }, outOfFold: null, stack };
}

function predictionsOf(result: FitResult | undefined): Predictions {
  if (result?.status !== 'predicted') throw new Error('a fold came to no predictions');
  const wrong = result.predictions.values.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return result.predictions;
  throw new DataError(`a prediction is ${wrong}: the values are too far from those that were learned from`);
}

/** The means over the folds, and the standard deviation of the objective. @throws DataError where one is not finite */
function scoreFolds(
  predictions: readonly Predictions[],
  { declaration, train, folds }: FitContext,
  task: Task,
): Scores {
  const targets = columnOf(train, declaration.target);
  const weights = weightsOf(train, declaration);
  const pick = (values: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row] as number);
  const foldScores = predictions.map((predicted, fold) => {
    const rows = (folds[fold] as Fold).held;
    return score(task.metrics, pick(targets, rows), predicted, weights && pick(weights, rows));
  });
  const average = (pick: (scores: Scores) => number) =>
    foldScores.reduce((sum, fold) => sum + pick(fold), 0) / foldScores.length;
  const means = Object.fromEntries(
    task.metrics.map((metric) => [metric.name, average((fold) => scoreOf(fold, metric))]),
  );
  const { objective } = task;
  const mean = scoreOf(means, objective);
  const deviation = Math.sqrt(average((fold) => (scoreOf(fold, objective) - mean) ** 2));
  if (!Number.isFinite(deviation)) throw new DataError(`its ${objective.title} in some fold is too bad to be compared`);
  return { ...checkedScores(task.metrics, means), [deviationKey(objective)]: deviation };
}

/** The folds' predictions in the order of the training rows. */
function assemble(predictions: readonly Predictions[], { train, folds }: FitContext): Predictions {
  const outputs = (predictions[0] as Predictions).outputs;
  const values = new Float64Array(train.rows * outputs);
  predictions.forEach((predicted, fold) => {
    (folds[fold] as Fold).held.forEach((row, i) => {
      values.set(predicted.values.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    });
  });
  return { rows: train.rows, outputs, values };
}
