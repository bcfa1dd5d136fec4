import { oneOutput } from '../core/predictions.ts';
import { makeFolds } from '../data/folds.ts';
import { columnOf, weightsOf } from '../data/table.ts';
import { paramsOf } from '../estimators/index.ts';
import { type Model, singleModel } from '../estimators/model.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import type { Candidate } from './candidate.ts';
import { type Chosen, describeModel } from './chosen.ts';
import { type Evaluated, rank } from './evaluated.ts';
import { type Evaluation, type EvaluationOptions, evaluate, failed } from './evaluation.ts';
import { type FitContext, type FitFailure, type FitResult, failureOf } from './fit-job.ts';
import { openFitting } from './fitting.ts';
import { type Scores, score } from './metric.ts';
import type { Progress } from './progress.ts';
import { ProgressTeller } from './progress-teller.ts';
import { FOLDS, type Rows } from './rows.ts';
import type { Task } from './task.ts';

/**
 * The best candidate, having learned from all training rows; `chosen`, `model` and `holdout` are null where every one has
 * failed.
 */
export interface Selection {
  /** Best first, those that failed last. */
  readonly leaderboard: readonly Evaluated[];
  readonly baseline: Evaluated;
  readonly chosen: Chosen | null;
  readonly model: Model | null;
  readonly holdout: Scores | null;
  /** What came of each candidate, in their order. */
  readonly evaluations: readonly Evaluation[];
}

interface Options {
  readonly seed: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the training. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cross-validates the candidates and the baseline on the training rows, refits the best on all of them, and scores it on
 * the held-out rows, once.
 *
 * @throws the signal's reason once it is aborted
 */
export async function choose(
  candidates: readonly Candidate[],
  rows: Rows,
  task: Task,
  { seed, signal, onProgress = () => {} }: Options,
): Promise<Selection> {
  const { declaration, train } = rows;
  const context: FitContext = { declaration, train, folds: makeFolds(train.rows, FOLDS, seed), seed };
  const fitting = openFitting(context, candidates);
  const evaluation = { context, task, fitting, signal };
  const teller = new ProgressTeller(onProgress, candidates, FOLDS, fitting.parallel);
  const silent = { onStart: () => {}, onNote: () => {}, onEnd: () => {} };
  try {
    const { model } = task.baseline;
    const [baseline, ...evaluations] = await Promise.all([
      evaluate({ model, params: paramsOf(model) }, evaluation, () => silent),
      ...candidates.map(async (candidate) => {
        const result = await evaluate(candidate, evaluation, (fold) => teller.hooks(candidate, fold));
        teller.evaluated(candidate, result);
        return result;
      }),
    ]);
    const entries = evaluations.map(({ entry }) => entry);
    return { baseline: baseline.entry, evaluations, ...(await refit(entries, rows, evaluation, teller)) };
  } finally {
    teller.close();
    await fitting.close();
  }
}

/** Refits the best; where it cannot be it has failed, like one that fails in a fold, and the next has its turn. */
async function refit(
  entries: readonly Evaluated[],
  rows: Rows,
  options: Omit<EvaluationOptions, 'context'>,
  teller: ProgressTeller,
): Promise<Pick<Selection, 'leaderboard' | 'chosen' | 'model' | 'holdout'>> {
  const { task, fitting, signal } = options;
  const leaderboard = rank(entries, task.objective);
  const [best, ...others] = leaderboard;
  if (best?.status !== 'scored') return { leaderboard, chosen: null, model: null, holdout: null };
  const { model, params, features, cv } = best;
  const candidate: Candidate = { model, params, features };
  teller.plan(candidate);
  const hooks = teller.hooks(candidate, null);
  const result = await fitting.fit({ candidate, fold: null }, hooks, signal ?? new AbortController().signal);
  const scored = scoreHoldout(result, rows, task);
  if (!('reason' in scored)) return { leaderboard, chosen: describeModel(scored.model, cv), ...scored };
  const failure = failed(candidate, scored);
  teller.evaluated(candidate, failure);
  return refit([failure.entry, ...others], rows, options, teller);
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
