// From what a training on a cluster wrote to a release: the model is proved, judged and explained as if it had been trained here.

import { basename, join } from 'node:path';
import { ReleaseError } from '../../core/errors.ts';
import type { Predictions } from '../../core/predictions.ts';
import { classesOf } from '../../data/task-kind.ts';
import { singleModel } from '../../estimators/model.ts';
import { predictTable } from '../../estimators/predict-rows.ts';
import { checkWritable } from '../../release/access.ts';
import type { ClusterRecord } from '../../release/cluster-record.ts';
import { makeReleasesFolder, releasesFolder } from '../../release/releases-folder.ts';
import { judge } from '../../selection/gate.ts';
import { type PlanOptions, planOf } from '../../selection/plan.ts';
import type { Progress } from '../../selection/progress.ts';
import type { Rows } from '../../selection/rows.ts';
import type { Task } from '../../selection/task.ts';
import { taskOfRows } from '../../selection/tasks/task-of-rows.ts';
import { compareWithCurrent } from '../champion.ts';
import { releaseTrained } from '../release-trained.ts';
import { thresholdOf } from '../train-options.ts';
import { resultOf, type TrainResult } from '../train-result.ts';
import { assessJob } from './assess-job.ts';
import { readJobModel } from './job-model.ts';
import { type JobSummary, readSummary } from './job-results.ts';
import { type JobRows, readJobRows, rowsOfParts } from './job-rows.ts';

/** How much a prediction may differ from XGBoost's own: its probabilities are float32, and ours are not. */
const PROVED_WITHIN = 1e-6;

export interface ReleaseJobOptions extends Pick<PlanOptions, 'metric' | 'gate'> {
  /** The folder of the data set. */
  readonly dataset: string;
  /** The folder of releases. @default that of the data set */
  readonly artifacts?: string | undefined;
  /** As of a training here. */
  readonly threshold?: number | undefined;
  readonly tolerance?: number | undefined;
  readonly force?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it, and of the rows on the cluster. */
export type ClusterResult = TrainResult & { readonly cluster: ClusterRecord };

/**
 * Makes a release of a job's results, if the gate lets it.
 *
 * @param results the folder that the job wrote
 * @throws ReleaseError where they are no such results, or the model does not predict here what it did there
 */
export async function releaseJob(results: string, options: ReleaseJobOptions): Promise<ClusterResult> {
  const { dataset, artifacts = releasesFolder(dataset), metric, gate, force, onProgress, signal } = options;
  const summary = await readSummary(results);
  const { declaration, params, settings } = summary;
  const { seed } = settings;
  const plan = planOf(summary.task, { models: ['xgboost'], params: { xgboost: params }, metric, gate });
  const job = await readJobRows(results, declaration, classesOf(declaration)?.length ?? 1);
  const fitted = await readJobModel(results, summary);
  prove(predictTable(singleModel(fitted), rowsOfParts(job, 'hold')), job.expected);

  const rows = rowsOfJob(job, summary);
  const task = taskOfRows(rows, plan);
  const threshold = thresholdOf(task.gate, options.threshold);
  const tolerance = options.tolerance ?? task.gate.tolerance(threshold);
  await checkWritable(artifacts);
  onProgress?.(ingested(summary, task));

  const { why, ...assessed } = assessJob(fitted, job, summary, { rows, plan, task });
  const { model, heldOut } = assessed;
  const champion = await compareWithCurrent(artifacts, { rows, model, heldOut, task, seed }, tolerance);
  const judged = { ...assessed, threshold, champion, forced: force };
  const cluster = recordOf(summary);
  const result = (path: string | null) => ({
    ...resultOf({ rows, plan, seed }, task, { ...judged, why }, path),
    cluster,
  });
  if (!judge(judged, task).released) return result(null);
  signal?.throwIfAborted();
  if (options.artifacts === undefined) await makeReleasesFolder(dataset);
  const trained = { ...assessed, rows, plan, judged, trials: null, why, seed, cluster };
  const release = await releaseTrained(artifacts, trained, { onProgress, signal });
  return result(join(artifacts, basename(release.path)));
}

/** @throws ReleaseError where a prediction is another one than XGBoost's own */
function prove(found: Predictions, expected: Predictions): void {
  const wrong = expected.values.findIndex((value, i) => {
    const difference = Math.abs((found.values[i] as number) - value);
    return !(difference <= PROVED_WITHIN * Math.max(1, Math.abs(value)));
  });
  if (wrong === -1) return;
  throw new ReleaseError(
    `of held-out row ${Math.floor(wrong / expected.outputs)} the cluster predicted ${expected.values[wrong]}, and here it is ${found.values[wrong]}; nothing was released`,
  );
}

/** What the release keeps of the rows, as those of a training. */
function rowsOfJob(job: JobRows, { declaration, rows: { dropped, weightless } }: JobSummary): Rows {
  return {
    declaration,
    all: job.all,
    train: rowsOfParts(job, 'learn', 'stop', 'calibrate'),
    test: rowsOfParts(job, 'hold'),
    split: 'given',
    dropped,
    weightless,
    ignored: [],
    rounded: [],
  };
}

function ingested({ declaration, rows }: JobSummary, task: Task): Progress {
  const { learn, stop, calibrate, hold, dropped, weightless, between } = rows;
  const train = learn + stop + calibrate;
  const untold = { ignored: [], rounded: [], unusedParams: [] };
  return { stage: 'ingested', declaration, task, train, test: hold, dropped, weightless, between, ...untold };
}

function recordOf({ versions, rows, holdout }: JobSummary): ClusterRecord {
  const { read, learn, stop, calibrate, hold, between } = rows;
  return { versions, rows: { read, learn, stop, calibrate, hold, between }, holdout };
}
