import { basename, join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { checkGivenParams, defaultCandidates } from '../estimators/index.ts';
import { checkNamedColumns } from '../estimators/named-columns.ts';
import type { GivenParams } from '../estimators/params.ts';
import { checkWritable } from '../release/access.ts';
import { forgetHeldBack, heldBackFolder } from '../release/held-back.ts';
import { readModel } from '../release/model.ts';
import { makeReleasesFolder, releasesFolder } from '../release/releases-folder.ts';
import { candidatesOf } from '../selection/candidate.ts';
import type { Chosen } from '../selection/chosen.ts';
import type { Evaluated } from '../selection/evaluated.ts';
import { type Judged, judge, lowerThreshold, type Verdict } from '../selection/gate.ts';
import { isBetter, type Metric, type Scores } from '../selection/metric.ts';
import type { Progress } from '../selection/progress.ts';
import { type Rows, readRows } from '../selection/rows.ts';
import { choose } from '../selection/selection.ts';
import type { Task } from '../selection/task.ts';
import { taskOf, tasks } from '../selection/tasks/index.ts';
import { releaseTrained } from './release-trained.ts';
import { findUnchanged } from './reuse.ts';

/** What to train on and how. */
export interface TrainOptions {
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** Another CSV of the same declaration. @default the declaration's own file */
  readonly data?: string | undefined;
  /** Rows of the file to hold out, from 0, the header not counted. @default a fifth, by the seed */
  readonly holdoutRows?: readonly number[] | undefined;
  /** Names of estimators to try; their order makes no difference. @default all but those that are only tried by name */
  readonly models?: readonly string[] | undefined;
  /** Parameters fixed by estimator and name; the others keep their defaults. @default none */
  readonly params?: GivenParams | undefined;
  /** A whole number. @default 42 */
  readonly seed?: number | undefined;
  /** What the task's metric must reach on the held-out rows. @default what the task asks for: an R² of 0.6 */
  readonly threshold?: number | undefined;
  /** The folder of releases. @default that of the data set, artifacts/<name of its folder> */
  readonly artifacts?: string | undefined;
  /** Keep the release in use where the same training, of the same code, made it. @default false */
  readonly ifChanged?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the training, and nothing is released. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of a training. */
export interface TrainResult {
  /** The data set by the name in its declaration, and the column that is predicted. */
  readonly dataset: string;
  readonly target: string;
  /** The column by which fits and scores count each row; null where each counts the same. */
  readonly weight: string | null;
  readonly task: Task['kind'];
  /** Null where the gate held it back, like `path`. */
  readonly release: string | null;
  readonly path: string | null;
  readonly verdict: Verdict;
  /** The estimator of the chosen model, or "ensemble"; null where every model has failed, like `model` and `holdout`. */
  readonly chosen: string | null;
  /** What the chosen model is made of, and what it scores by cross-validation. */
  readonly model: Chosen | null;
  readonly holdout: Scores | null;
  readonly threshold: number;
  /** What predicting the mean scores; `chosen` did better, or nothing is released. */
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
  const { dataset, models = defaultCandidates, params = {}, seed = 42, onProgress, signal } = options;
  const artifacts = options.artifacts ?? releasesFolder(dataset);
  checkOptions(models, seed, options.threshold);
  checkGivenParams(params);
  const candidates = candidatesOf(models, params);
  const rows = await readRows(options, seed);
  for (const { model, params } of candidates) checkNamedColumns(model, params, rows.declaration);
  const task = taskOf(rows.declaration);
  const { threshold = task.gate.threshold } = options;
  onProgress?.({
    stage: 'ingested',
    declaration: rows.declaration,
    task,
    train: rows.train.rows,
    test: rows.test.rows,
    dropped: rows.dropped,
    weightless: rows.weightless,
    ignored: rows.ignored,
    rounded: rows.rounded,
    unusedParams: Object.keys(params).filter((model) => !models.includes(model)),
  });
  // Rather than after an hour of training.
  await checkWritable(artifacts);

  const training = { rows, candidates, seed };
  if (options.ifChanged) {
    const inUse = await findUnchanged(artifacts, training);
    if (inUse?.manifest.threshold === threshold) {
      onProgress?.({ stage: 'unchanged', release: inUse.id });
      return resultOf(rows, task, inUse.manifest, join(artifacts, inUse.id));
    }
  }
  const heldBack = await findUnchanged(heldBackFolder(artifacts), training);
  if (heldBack) onProgress?.({ stage: 'unchanged', release: heldBack.id });
  const { model, ...scores } = heldBack
    ? { ...heldBack.manifest, model: await readModel(heldBack) }
    : await choose(candidates, rows, task, { seed, signal, onProgress });

  const judged = { ...scores, threshold };
  const release = judge(judged, task).released;
  if (model && (release || lowerThreshold(judged, task) !== null)) {
    onProgress?.({ stage: 'writing' });
    if (options.artifacts === undefined) await makeReleasesFolder(dataset);
    const folder = release ? artifacts : heldBackFolder(artifacts);
    const { id } = await releaseTrained(folder, { rows, judged, model, seed });
    await forgetHeldBack(artifacts, release ? undefined : id);
    if (release) return resultOf(rows, task, judged, join(artifacts, id));
  }
  return resultOf(rows, task, judged, null);
}

/** What a training came to, in memory or as its release tells it. */
function resultOf({ declaration }: Rows, task: Task, judged: Judged, path: string | null): TrainResult {
  const { leaderboard, baseline, chosen, holdout, threshold } = judged;
  return {
    dataset: declaration.name,
    target: declaration.target,
    weight: declaration.weight ?? null,
    task: task.kind,
    release: path && basename(path),
    path,
    verdict: judge(judged, task),
    chosen: chosen?.model ?? null,
    model: chosen,
    holdout,
    threshold,
    baseline,
    leaderboard,
  };
}

function checkOptions(models: readonly string[], seed: number, threshold: number | undefined): void {
  if (models.length === 0) throw new ParamError('name at least one model');
  const twice = models.find((name, i) => models.indexOf(name) !== i);
  if (twice !== undefined) throw new ParamError(`the model ${twice} is named twice`);
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
    throw new ParamError(`the seed is ${seed}; it must be a whole number from -2147483647 to 2147483647`);
  if (threshold === undefined || tasks.some(({ gate }) => isPossible(threshold, gate.metric))) return;
  const limits = tasks.map(({ gate: { metric } }) => `${metric.title} is at most ${metric.best}`).join(', ');
  throw new ParamError(`the threshold is ${threshold}; it must be a finite number, and ${limits}`);
}

const isPossible = (threshold: number, metric: Metric) =>
  Number.isFinite(threshold) && !isBetter(metric, threshold, metric.best);
