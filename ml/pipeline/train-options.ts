import { ParamError } from '../core/errors.ts';
import type { WorkerPool } from '../core/worker-pool.ts';
import type { Declaration } from '../data/declaration.ts';
import type { GivenParams } from '../estimators/params.ts';
import { isBetter } from '../selection/metric.ts';
import type { Preference } from '../selection/preferences.ts';
import type { Progress } from '../selection/progress.ts';
import { Budget } from '../selection/search/budget.ts';
import type { StrategyName } from '../selection/search/strategies.ts';
import type { Gate } from '../selection/task.ts';

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

/** @throws ParamError where an option is wrong, whatever the data */
export function checkOptions(seed: number, { tolerance }: Pick<TrainOptions, 'tolerance'>): void {
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
    throw new ParamError(`the seed is ${seed}; it must be a whole number from -2147483647 to 2147483647`);
  if (tolerance !== undefined && !(Number.isFinite(tolerance) && tolerance >= 0))
    throw new ParamError(`the tolerance is ${tolerance}; it must be a finite number, 0 or more`);
}

/** @throws ParamError where a declaration is all that there is: releases need a folder */
export function folderOf(dataset: TrainOptions['dataset']): string {
  if (typeof dataset === 'string') return dataset;
  throw new ParamError('a declaration has no folder of releases that is its own: name one as "artifacts"');
}

/** @throws ParamError where it is no time */
export function budgetOf(seconds: number | undefined, began: number): Budget | undefined {
  if (seconds === undefined) return undefined;
  if (Number.isFinite(seconds) && seconds > 0) return new Budget(seconds, began);
  throw new ParamError(`the budget is ${seconds} seconds; it must be a number above 0`);
}

/** What the gate asks. @throws ParamError where nothing says it, or no model could reach it */
export function thresholdOf({ metric, threshold: own }: Gate, given: number | undefined): number {
  const threshold = given ?? own;
  if (threshold === null)
    throw new ParamError(`the gate ${metric.name} has no threshold of its own: name one (--threshold)`);
  if (Number.isFinite(threshold) && !isBetter(metric, threshold, metric.best)) return threshold;
  const limit = `${metric.title} is at ${metric.direction === 'higher' ? 'most' : 'least'} ${metric.best}`;
  throw new ParamError(`the threshold is ${threshold}; it must be a finite number, and ${limit}`);
}
