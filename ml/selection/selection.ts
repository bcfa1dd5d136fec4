import type { Predictions } from '../core/predictions.ts';
import { makeFolds } from '../data/folds.ts';
import { relationsOf, withoutTexts } from '../data/table.ts';
import { paramsOf } from '../estimators/index.ts';
import type { Model } from '../estimators/model.ts';
import type { CalibrationRecord } from '../explain/fit-calibration.ts';
import { fitTrust, type Trust } from '../explain/trust.ts';
import type { Chosen } from './chosen.ts';
import { triedRows } from './draw-rows.ts';
import type { Evaluated } from './evaluated.ts';
import { evaluate } from './evaluation.ts';
import { type Choosing, finalModel } from './final-model.ts';
import type { FitContext } from './fit-job.ts';
import { type FittingOptions, openFitting } from './fitting.ts';
import { bestOfEach, timesOf } from './leaderboard.ts';
import { type LearningCurve, learningCurveOf } from './learning-curve.ts';
import type { Scores } from './metric.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import { ProgressTeller } from './progress-teller.ts';
import type { PartialTrial, RecordedTrial } from './recorded-trial.ts';
import { repeatsOf } from './repeats.ts';
import type { Rows } from './rows.ts';
import { type RecordedSearch, tryAgain } from './search/again.ts';
import type { Budget } from './search/budget.ts';
import { cameToNothing } from './search/last-resort.ts';
import { type Memory, runSearch } from './search/run-search.ts';
import type { Batch, Outcome, Proposal } from './search/strategy.ts';
import { lastResortOf, strategyOf } from './search/strategy-of.ts';
import { Trials } from './search/trials.ts';
import { withinBudget } from './search/within-budget.ts';
import type { Task } from './task.ts';

/**
 * The model that was chosen, having learned from all training rows; `chosen`, `model` and `holdout` are null where every
 * candidate has failed.
 */
export interface Selection {
  /** The best candidate of each model, best first; models that failed last. */
  readonly leaderboard: readonly Evaluated[];
  /** Every candidate that was tried in all folds, in the order in which they were proposed. */
  readonly trials: readonly RecordedTrial[];
  /** Those that were tried on few rows, or given up after some folds. */
  readonly partialTrials: readonly PartialTrial[];
  readonly baseline: Evaluated;
  /** How many folds there were. */
  readonly folds: number;
  readonly chosen: Chosen | null;
  readonly model: Model | null;
  readonly holdout: Scores | null;
  /** What `model` predicts of the held-out rows. */
  readonly heldOut: Predictions | null;
  /** Why it was chosen, in a sentence without its full stop. */
  readonly why: string | null;
  /** How its probabilities hold out of fold, and what is done to them; null of numbers, and where rows are too few to say. */
  readonly calibration: CalibrationRecord | null;
  /** How far the predictions of `model` can be trusted; null where there is none. */
  readonly trust: Trust | null;
  /** How good it would be with fewer rows to learn from; null where that would take too long, or rows are too few. */
  readonly learningCurve: LearningCurve | null;
}

interface Options extends FittingOptions {
  readonly seed: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the training. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the search, which then makes do with what there is. */
  readonly stop?: AbortSignal | undefined;
  readonly memory?: Memory | undefined;
  /** What an earlier training tried, which is tried again in place of what the plan would search. */
  readonly again?: RecordedSearch | undefined;
  /** The time that all of it may take. @default no end */
  readonly budget?: Budget | undefined;
}

/**
 * Searches as a plan says by cross-validation on the training rows, fits what it chooses on all of them, and scores that on
 * the held-out rows, once.
 *
 * @throws the signal's reason once it is aborted
 */
export async function choose(
  plan: Plan,
  rows: Rows,
  task: Task,
  { seed, signal, stop, memory, again, budget, workers, threads, onProgress = () => {} }: Options,
): Promise<Selection> {
  const { declaration } = rows;
  const train = triedRows(plan, rows, seed);
  const all = train === rows.train ? undefined : withoutTexts(rows.train);
  const repeats = repeatsOf(plan, train.rows);
  const split = makeFolds(train.rows, plan.folds, seed, { ...relationsOf(train, declaration), repeats });
  // Of folds in time the last ones learn from most.
  const folds = plan.reduced ? split.slice(-plan.reduced.folds) : split;
  const context: FitContext = { declaration, train: withoutTexts(train), all, folds, seed };
  const fitting = openFitting(context, plan, { workers, threads });
  const evaluation = { context, task, fitting, signal };
  const trials = new Trials(evaluation);
  const about = { context, task, trials, heldOut: rows.test.rows, parallel: fitting.parallel };
  const limits = budget && withinBudget(budget, plan, about);
  const strategy = again
    ? tryAgain(again, folds.length, trials)
    : strategyOf(plan, context, task, trials, limits?.time);
  const { objective } = task;
  const teller = new ProgressTeller({
    tell: onProgress,
    trials,
    objective,
    folds: folds.length,
    parallel: fitting.parallel,
    budgetLeft: budget && (() => budget.secondsLeft),
  });
  const silent = { onStart: () => {}, onNote: () => {}, onEnd: () => {} };
  const searching = {
    ...evaluation,
    stop,
    memory,
    onBatch: (batch: Batch) => teller.batch(batch),
    hooksOf: ({ fit }: Proposal, fold: number) => teller.hooks(fit.fitted.model, fold),
    onOutcome(outcome: Outcome) {
      limits?.observe(outcome);
      teller.outcome(outcome);
    },
  };
  try {
    const { model } = task.baseline;
    const [baseline] = await Promise.all([
      evaluate({ model, params: paramsOf(model, task.kind) }, evaluation, () => silent),
      runSearch(strategy, trials, { ...searching, stop: anySignal(stop, limits?.stop), afford: limits?.afford }),
    ]);
    if (limits && !stop?.aborted && cameToNothing(trials)) {
      onProgress({ stage: 'late' });
      await runSearch(lastResortOf(plan, context, task, trials), trials, searching);
    }
    teller.finished();
    const final = await finalModel({
      ...evaluation,
      trials,
      teller,
      choosing: choosingOf(plan),
      rows,
      forAll: plan.reduced?.forAll,
      refits: plan.refits,
    });
    const { evaluations, crossValidated, leading, ...rest } = final;
    const leaders = bestOfEach(evaluations, objective);
    const recorded = trials.recorded();
    // Beside the result, which is the same whenever it is come to.
    onProgress({ stage: 'timed', times: timesOf(leaders) });
    return {
      leaderboard: leaders.map(({ entry }) => entry),
      trials: recorded,
      partialTrials: trials.recordedInPart(),
      baseline: baseline.entry,
      folds: folds.length,
      trust:
        final.model &&
        crossValidated &&
        fitTrust(final.model, crossValidated, { declaration, train: context.train, all, unseen: rows.test, seed }),
      learningCurve: leading && (await learningCurveOf(leading, { context, task, trials: recorded, signal })),
      ...rest,
    };
  } finally {
    teller.close();
    await fitting.close();
  }
}

/** Aborted once any of them is. */
function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length === 0 ? undefined : AbortSignal.any(given);
}

/** What was searched is blended; what was named is compared, and the best is taken. */
function choosingOf(plan: Plan): Choosing {
  return plan.prefer === 'accurate' && !isSearched(plan) ? 'candidate' : plan.prefer;
}

const isSearched = ({ search }: Plan) => search !== 'defaults' && search !== 'preset';
