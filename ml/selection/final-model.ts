import { oneOutput } from '../core/predictions.ts';
import { columnOf, weightsOf } from '../data/table.ts';
import { type Model, singleModel } from '../estimators/model.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import type { Candidate } from './candidate.ts';
import { type Chosen, describeModel } from './chosen.ts';
import { type Evaluation, type EvaluationOptions, failed } from './evaluation.ts';
import { type FitFailure, type FitResult, failureOf } from './fit-job.ts';
import { rankEvaluations } from './leaderboard.ts';
import { type Scores, score } from './metric.ts';
import type { ProgressTeller } from './progress-teller.ts';
import type { Rows } from './rows.ts';
import type { Task } from './task.ts';

/** What is released, if the gate lets it; null where nothing could be fitted. */
interface Final {
  /** Best first; a candidate that could not be fitted on all rows has failed. */
  readonly evaluations: readonly Evaluation[];
  readonly chosen: Chosen | null;
  readonly model: Model | null;
  readonly holdout: Scores | null;
}

/**
 * Fits the best candidate on all training rows, and scores it on the held-out rows; where it cannot be fitted it has failed,
 * like one that fails in a fold, and the next has its turn.
 *
 * @param evaluations best first
 */
export async function finalModel(
  evaluations: readonly Evaluation[],
  rows: Rows,
  options: EvaluationOptions,
  teller: ProgressTeller,
): Promise<Final> {
  const { task, fitting, signal } = options;
  const [best, ...others] = evaluations;
  if (best?.entry.status !== 'scored') return { evaluations, chosen: null, model: null, holdout: null };
  const { model, params, features, cv } = best.entry;
  const candidate: Candidate = { model, params, features };
  teller.plan(model);
  const hooks = teller.hooks(model, null);
  const result = await fitting.fit({ candidate, fold: null }, hooks, signal ?? new AbortController().signal);
  const scored = scoreHoldout(result, rows, task);
  if (!('reason' in scored)) return { evaluations, chosen: describeModel(scored.model, cv), ...scored };
  const failure = failed(candidate, scored);
  teller.failed(failure);
  return finalModel(rankEvaluations([failure, ...others], task.objective), rows, options, teller);
}

function scoreHoldout(
  result: FitResult | undefined,
  { test, declaration }: Rows,
  task: Task,
): { model: Model; holdout: Scores } | FitFailure {
  if (result?.status === 'failed') return result;
  try {
    if (result?.status !== 'fitted') throw new Error('the refit came to no model');
    const model = singleModel(result.model);
    const predictions = oneOutput(predictTable(model, test));
    const truth = columnOf(test, declaration.target);
    const holdout = score(task.metrics, truth, predictions, weightsOf(test, declaration));
    return { model, holdout };
  } catch (error) {
    return failureOf(error);
  }
}
