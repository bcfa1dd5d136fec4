import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { CleanupStack } from '../core/cleanup-stack.ts';
import { ParamError } from '../core/errors.ts';
import type { WorkerPool } from '../core/worker-pool.ts';
import type { Declaration } from '../data/declaration.ts';
import { taskKindOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { checkNamedColumns } from '../estimators/named-columns.ts';
import type { GivenParams } from '../estimators/params.ts';
import { checkWritable } from '../release/access.ts';
import { forgetHeldBack, heldBackFolder } from '../release/held-back.ts';
import { readModel } from '../release/model.ts';
import { makeReleasesFolder, releasesFolder } from '../release/releases-folder.ts';
import { readTrust } from '../release/trust.ts';
import { candidatesOf } from '../selection/candidate.ts';
import type { Chosen } from '../selection/chosen.ts';
import type { Comparison } from '../selection/comparison.ts';
import type { Evaluated } from '../selection/evaluated.ts';
import { type Judged, judge, remedyFor, type Verdict } from '../selection/gate.ts';
import { isBetter, type Scores } from '../selection/metric.ts';
import { type Plan, planOf } from '../selection/plan.ts';
import type { Preference } from '../selection/preferences.ts';
import type { Progress } from '../selection/progress.ts';
import { declarationOf, readRows } from '../selection/rows.ts';
import { Budget } from '../selection/search/budget.ts';
import { defaultBudget } from '../selection/search/default-budget.ts';
import { reduceToBudget } from '../selection/search/reduce.ts';
import type { StrategyName } from '../selection/search/strategies.ts';
import { choose, type Selection } from '../selection/selection.ts';
import type { Gate, Task } from '../selection/task.ts';
import { taskNamed } from '../selection/tasks/index.ts';
import { taskOfRows } from '../selection/tasks/task-of-rows.ts';
import { compareWithCurrent } from './champion.ts';
import { openJournal } from './open-journal.ts';
import { type Outcome, releaseTrained } from './release-trained.ts';
import { findUnchanged, type Training } from './reuse.ts';

/** What to train on and how. */
export interface TrainOptions {
  /** The folder that holds dataset.json; or what such a file would say, whose own file lies in the working directory. */
  readonly dataset: string | Declaration;
  /** Another CSV of the same declaration, or its rows: an object for each, with a text, a number, true or false, or null by column. @default the declaration's own file */
  readonly data?: string | readonly object[] | undefined;
  /** Rows of the file to hold out, from 0, the header not counted. @default a fifth, by the seed */
  readonly holdoutRows?: readonly number[] | undefined;
  /** Names of estimators to try; their order makes no difference. @default all but those that are only tried by name */
  readonly models?: readonly string[] | undefined;
  /** Parameters fixed by estimator and name; the others keep their defaults, or are searched. @default none */
  readonly params?: GivenParams | undefined;
  /** How parameters are searched. @default they are not: each model is tried once */
  readonly search?: StrategyName | undefined;
  /** A grid that is known by name, in place of a search. */
  readonly preset?: string | undefined;
  /** How many candidates a random search draws of each model, and halving begins with. @default 20 */
  readonly trials?: number | undefined;
  /** How many parts the training rows have in cross-validation. @default 5, or what the preset says */
  readonly folds?: number | undefined;
  /** Take up a search of the same data, options and code that was interrupted. @default false */
  readonly resume?: boolean | undefined;
  /** The seconds that the training may take: its search ends in time. @default no end, or 200 of very many rows */
  readonly budgetSeconds?: number | undefined;
  /** What decides between models that are about as good. @default the score alone */
  readonly prefer?: Preference | undefined;
  /** How many fits there are at a time; the result is the same for any number. @default as many as there are cores */
  readonly workers?: number | undefined;
  /** Threads that were started for it beforehand, which it ends: `startFitThreads(workers)`. @default started when they are needed */
  readonly threads?: WorkerPool | undefined;
  /** A whole number. @default 42 */
  readonly seed?: number | undefined;
  /**
   * The metric by which candidates are compared, one of the task's: `r2`, `rmse`, `mae`; of classes `log_loss`, `skill`, `brier`,
   * `accuracy`, `balanced_accuracy`, `f1`, `roc_auc`, `average_precision`. @default `r2`, or `log_loss`
   */
  readonly metric?: string | undefined;
  /** The metric that must reach the threshold, one of the same. @default `r2`, or `skill` */
  readonly gate?: string | undefined;
  /** What that must reach on the held-out rows. @default what the task asks for: an R² of 0.6, a skill of 0.05; any other must be named */
  readonly threshold?: number | undefined;
  /** How much worse than the release in use it may be by that metric, on the same held-out rows. @default 0.01; of metrics in the target's unit 1 % of the threshold */
  readonly tolerance?: number | undefined;
  /** Release what only the threshold or the release in use would hold back; the manifest says so. @default false */
  readonly force?: boolean | undefined;
  /** Whether it is compared with the release in use: not where that one cannot be used, and a new one is trained for that. @default compared */
  readonly champion?: 'compared' | 'ignored' | undefined;
  /** The folder of releases. @default that of the data set, artifacts/<name of its folder>; a declaration has none */
  readonly artifacts?: string | undefined;
  /** Keep the release in use where the same training, of the same code, made it. @default false */
  readonly ifChanged?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the training, and nothing is released. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the search, and the training goes on with what was found. */
  readonly stop?: AbortSignal | undefined;
}

/** What came of a training. */
export interface TrainResult {
  /** The data set by the name in its declaration, and the column that is predicted. */
  readonly dataset: string;
  readonly target: string;
  /** The column by which fits and scores count each row; null where each counts the same. */
  readonly weight: string | null;
  /** The columns by which rows are kept apart when some are held out; null where none is declared. */
  readonly group: string | null;
  readonly time: string | null;
  readonly task: Task['kind'];
  /** Null where the gate held it back, like `path`. */
  readonly release: string | null;
  readonly path: string | null;
  readonly verdict: Verdict;
  /** How the chosen model compares with the release that was in use; null where there was none. */
  readonly champion: Comparison | null;
  /** The estimator of the chosen model, or "ensemble"; null where every model has failed, like `model` and `holdout`. */
  readonly chosen: string | null;
  /** What the chosen model is made of, and what it scores by cross-validation. */
  readonly model: Chosen | null;
  readonly holdout: Scores | null;
  /** Why it was chosen, in a sentence without its full stop; null where nothing was. */
  readonly why: string | null;
  readonly threshold: number;
  /** How candidates were found, and in how many folds they were scored. */
  readonly plan: Plan;
  /** How many folds there were: fewer than planned where groups or times are few. */
  readonly folds: number;
  /** What predicting the mean, or the shares of the classes, scores; `chosen` did better, or nothing is released. */
  readonly baseline: Evaluated;
  /** Every model that was tried, best first; those that failed come last. */
  readonly leaderboard: readonly Evaluated[];
}

/**
 * From a CSV to a release: ingest, split, choose by cross-validation on the training rows, refit,
 * look at the holdout once, and release if the gate lets it.
 *
 * @throws DataError if the data or the declaration is wrong. @throws ParamError if an option is.
 * @throws ReleaseError if a release cannot be written, or would not predict as the model in memory does.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const taken = new CleanupStack();
  taken.defer(async () => options.threads?.close());
  try {
    return await trainAndRelease(options, taken);
  } finally {
    await taken.run();
  }
}

/** @param taken is told how to give back what was taken meanwhile */
async function trainAndRelease(options: TrainOptions, taken: CleanupStack): Promise<TrainResult> {
  const { dataset, params: given = {}, seed = 42, onProgress, signal, stop, workers, threads } = options;
  const began = performance.now();
  const named = budgetOf(options.budgetSeconds, began);
  const artifacts = options.artifacts ?? releasesFolder(folderOf(dataset));
  checkOptions(seed, options);
  const declaration = await declarationOf(dataset);
  const kind = taskKindOf(declaration);
  const planned = planOf(kind, options);
  const { gate } = taskNamed(kind, planned);
  const threshold = thresholdOf(gate, options.threshold);
  const { tolerance = gate.tolerance(threshold) } = options;
  for (const { model, params } of candidatesOf(kind, planned.models, given))
    checkNamedColumns(model, params, declaration);
  const read = await readRows(
    { ...options, declaration, onRows: (rows) => onProgress?.({ stage: 'reading', rows }) },
    seed,
  );
  onProgress?.({
    stage: 'ingested',
    declaration,
    task: taskNamed(kind, planned),
    train: read.train.rows,
    test: read.test.rows,
    dropped: read.dropped,
    weightless: read.weightless,
    between: read.all.rows - read.train.rows - read.test.rows,
    ignored: read.ignored,
    rounded: read.rounded,
    unusedParams: Object.keys(given).filter((model) => !planned.models.includes(model)),
  });
  const atATime = workers ?? availableParallelism();
  const ownSeconds = named ? undefined : defaultBudget(planned, read, atATime);
  if (ownSeconds !== undefined) onProgress?.({ stage: 'limited', seconds: ownSeconds });
  const budget = named ?? budgetOf(ownSeconds, began);
  const { plan, rows } = budget
    ? reduceToBudget(planned, read, { seconds: budget.secondsToPlan, workers: atATime, seed })
    : { plan: planned, rows: read };
  if (plan.reduced)
    onProgress?.({ stage: 'reduced', ...plan.reduced, folds: { tried: plan.reduced.folds, of: plan.folds } });
  const task = taskOfRows(rows, plan);
  // Rather than after an hour of training.
  await checkWritable(artifacts);

  const training = { rows, plan, seed };
  if (options.ifChanged) {
    const inUse = await findUnchanged(artifacts, training);
    if (inUse?.manifest.threshold === threshold) {
      onProgress?.({ stage: 'unchanged', release: inUse.id });
      return resultOf(training, task, inUse.manifest, join(artifacts, inUse.id));
    }
  }
  const heldBack = await findUnchanged(heldBackFolder(artifacts), training);
  if (heldBack) onProgress?.({ stage: 'unchanged', release: heldBack.id });
  const journal = heldBack ? undefined : await openJournal(artifacts, training, options, taken);
  const { model, trust, ...scores } = heldBack
    ? { ...heldBack.manifest, model: await readModel(heldBack), trust: await readTrust(heldBack) }
    : await choose(plan, rows, task, { seed, signal, stop, memory: journal, budget, workers, threads, onProgress });

  const { champion, forced } = model
    ? await championOf(artifacts, { ...training, model, task }, { ...options, tolerance })
    : { champion: null, forced: false };
  const judged = { ...scores, threshold, champion, forced };
  const release = judge(judged, task).released;
  if (model && (release || remedyFor(judged, task) !== null)) {
    if (options.artifacts === undefined) await makeReleasesFolder(folderOf(dataset));
    const folder = release ? artifacts : heldBackFolder(artifacts);
    const { trials, partialTrials, why, calibration, learningCurve } = scores;
    const { id } = await releaseTrained(
      folder,
      { ...training, judged, trials, partialTrials, why, model, calibration, learningCurve, trust },
      options,
    );
    await forgetHeldBack(artifacts, release ? undefined : id);
    await journal?.end();
    if (release) return resultOf(training, task, judged, join(artifacts, id));
  }
  return resultOf(training, task, judged, null);
}

/** How a model compares with the release in use, and whether it is to be released all the same. */
async function championOf(
  artifacts: string,
  { model, task, ...training }: Training & { readonly model: Model; readonly task: Task },
  { champion, tolerance, force }: Pick<TrainOptions, 'champion' | 'force'> & { readonly tolerance: number },
): Promise<Pick<Judged, 'champion' | 'forced'>> {
  // What comes to the release in use again, perhaps while another process did, was compared with what that replaced.
  const same = await findUnchanged(artifacts, training);
  if (same) return { champion: same.manifest.champion, forced: force ?? same.manifest.forced };
  if (champion === 'ignored') return { champion: null, forced: force };
  return { champion: await compareWithCurrent(artifacts, { ...training, model, task }, tolerance), forced: force };
}

/** What a training came to, in memory or as its release tells it. */
function resultOf(
  { rows: { declaration }, plan }: Training,
  task: Task,
  judged: Outcome & Pick<Selection, 'why'>,
  path: string | null,
): TrainResult {
  const { leaderboard, baseline, folds, chosen, holdout, why, threshold, champion = null } = judged;
  return {
    dataset: declaration.name,
    target: declaration.target,
    weight: declaration.weight ?? null,
    group: declaration.group ?? null,
    time: declaration.time ?? null,
    task: task.kind,
    release: path && basename(path),
    path,
    verdict: judge(judged, task),
    champion,
    chosen: chosen?.model ?? null,
    model: chosen,
    holdout,
    why,
    threshold,
    plan,
    folds,
    baseline,
    leaderboard,
  };
}

/** @throws ParamError where a declaration is all that there is: releases need a folder */
function folderOf(dataset: TrainOptions['dataset']): string {
  if (typeof dataset === 'string') return dataset;
  throw new ParamError('a declaration has no folder of releases that is its own: name one as "artifacts"');
}

function budgetOf(seconds: number | undefined, began: number): Budget | undefined {
  if (seconds === undefined) return undefined;
  if (Number.isFinite(seconds) && seconds > 0) return new Budget(seconds, began);
  throw new ParamError(`the budget is ${seconds} seconds; it must be a number above 0`);
}

function checkOptions(seed: number, { tolerance }: Pick<TrainOptions, 'tolerance'>): void {
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
    throw new ParamError(`the seed is ${seed}; it must be a whole number from -2147483647 to 2147483647`);
  if (tolerance !== undefined && !(Number.isFinite(tolerance) && tolerance >= 0))
    throw new ParamError(`the tolerance is ${tolerance}; it must be a finite number, 0 or more`);
}

/** What the gate asks. @throws ParamError where nothing says it, or no model could reach it */
function thresholdOf({ metric, threshold: own }: Gate, given: number | undefined): number {
  const threshold = given ?? own;
  if (threshold === null)
    throw new ParamError(`the gate ${metric.name} has no threshold of its own: name one (--threshold)`);
  if (Number.isFinite(threshold) && !isBetter(metric, threshold, metric.best)) return threshold;
  const limit = `${metric.title} is at ${metric.direction === 'higher' ? 'most' : 'least'} ${metric.best}`;
  throw new ParamError(`the threshold is ${threshold}; it must be a finite number, and ${limit}`);
}
