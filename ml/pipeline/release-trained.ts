import { ReleaseError } from '../core/errors.ts';
import { type Predictions, takePredictions } from '../core/predictions.ts';
import { rangeOf } from '../data/range.ts';
import { columnOf, type Table, tableLines, takeRows, weightsOf } from '../data/table.ts';
import { classesOf } from '../data/task-kind.ts';
import type { Model } from '../estimators/model.ts';
import { modelTitle } from '../estimators/model-title.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import type { CalibrationRecord } from '../explain/fit-calibration.ts';
import { importanceOf } from '../explain/importance.ts';
import { type ThresholdCosts, thresholdCosts } from '../explain/threshold-costs.ts';
import type { Trust } from '../explain/trust.ts';
import type { ClusterRecord } from '../release/cluster-record.ts';
import type { DataRole, FileRecords } from '../release/files.ts';
import { type Manifest, RELEASE_FORMAT, type TargetHistogram } from '../release/manifest.ts';
import { documentsOf, readModel } from '../release/model.ts';
import type { Release } from '../release/read.ts';
import { trustDocument } from '../release/trust.ts';
import { type Contents, writeRelease } from '../release/write.ts';
import type { Chosen } from '../selection/chosen.ts';
import { type Judged, judge } from '../selection/gate.ts';
import type { LearningCurve } from '../selection/learning-curve.ts';
import type { Scores } from '../selection/metric.ts';
import type { Plan } from '../selection/plan.ts';
import type { Progress } from '../selection/progress.ts';
import type { PartialTrial, RecordedTrial } from '../selection/recorded-trial.ts';
import type { Rows } from '../selection/rows.ts';
import type { Task } from '../selection/task.ts';
import { taskOfRows } from '../selection/tasks/task-of-rows.ts';
import { codeHash, gitCommit, versions } from './versions.ts';

/** How many of the held-out rows are predicted again by what was written. */
const CHECKED_ROWS = 20;
/** Rows between which it is told how many were written. */
const TOLD_EVERY = 2 ** 16;

/** What a training came to. */
export interface Outcome extends Judged {
  /** How many folds the scores of its candidates are the means of. */
  readonly folds: number;
}

/** What a training came to, with the model that it chose. */
export interface Trained {
  readonly rows: Rows;
  readonly plan: Plan | null;
  readonly judged: Outcome;
  readonly trials: readonly RecordedTrial[] | null;
  readonly partialTrials?: readonly PartialTrial[] | undefined;
  /** Why it was chosen. */
  readonly why: string | null;
  readonly model: Model;
  /** What it predicts of the held-out rows. */
  readonly heldOut: Predictions;
  /** How its probabilities hold; not of numbers. */
  readonly calibration?: CalibrationRecord | null | undefined;
  /** How good it would be with fewer rows; null, or lacking, where that is not known. */
  readonly learningCurve?: LearningCurve | null | undefined;
  /** How far its predictions can be trusted; null where an older version did not say. */
  readonly trust: Trust | null;
  readonly seed: number;
  /** Where it was trained on a cluster. */
  readonly cluster?: ClusterRecord | undefined;
  /** The commit of the code. @default that of the code that runs */
  readonly commit?: string | null | undefined;
}

interface Options {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Measures what columns are worth on the held-out rows, and writes what a training came to as a release, once that was seen
 * to predict as the model in memory does.
 *
 * @throws ReleaseError where it does not, or cannot be written. @throws the signal's reason once it is aborted
 */
export async function releaseTrained(
  artifacts: string,
  trained: Trained,
  { onProgress, signal }: Options = {},
): Promise<Release> {
  const { rows, plan, judged, trials, partialTrials, why, model, calibration, learningCurve, trust, seed, cluster } =
    trained;
  const { declaration, all, train, test, split, dropped } = rows;
  const { threshold, chosen, holdout, champion, baseline, folds, leaderboard } = judged;
  const task = taskOfRows(rows, plan ?? {});
  const { forced } = judge(judged, task);
  const importance = await importanceOf(
    { model, rows: test, declaration, task, seed },
    { signal, onColumn: (done, total) => onProgress?.({ stage: 'explaining', done, total }) },
  );
  const thresholds = heldOutCosts(trained.heldOut, rows, task);
  const { commit = gitCommit() } = trained;
  onProgress?.({ stage: 'writing' });
  const [{ reportOf }, { targetHistogram }] = await Promise.all([
    import('../report/report-page.ts'),
    import('../report/target-histogram.ts'),
  ]);
  const histogram = targetHistogram(declaration, train, seed);
  const contents: Contents = {
    ...dataLines(rows, onProgress),
    ...documentsOf(model),
    ...(trust && { intervals: trustDocument(trust) }),
    report: (manifest) => toldWhereItFails(() => reportOf({ manifest, model, trust }, rows), onProgress),
  };
  const describe = (files: FileRecords): Manifest => ({
    format: RELEASE_FORMAT,
    versions: versions(),
    commit,
    code: codeHash(),
    seed,
    threshold,
    dataset: declaration,
    data: {
      sha256: files.data.sha256,
      rows: all.rows,
      dropped,
      train: train.rows,
      test: test.rows,
      split,
      ...targetOfTraining(rows, task, histogram),
    },
    ...(task.classes?.positive && { positive: task.classes.positive }),
    folds,
    plan,
    chosen: chosen as Chosen,
    why,
    holdout: holdout as Scores,
    importance,
    ...(thresholds && { thresholds }),
    ...(calibration && { calibration }),
    ...recordedComparison(champion),
    ...(forced && { forced }),
    baseline,
    leaderboard: [...leaderboard],
    trials: trials && [...trials],
    ...(partialTrials && { partialTrials: [...partialTrials] }),
    ...(learningCurve && { learningCurve }),
    ...(cluster && { cluster }),
    files,
  });
  return writeRelease(artifacts, contents, describe, (written) => checkPredictions(written, trained));
}

/** The rows that a release keeps, of which it is told how many were written. */
export function dataLines(
  { declaration, all, train, test }: Pick<Rows, 'declaration' | 'all' | 'train' | 'test'>,
  onProgress?: Options['onProgress'],
): Pick<Contents, DataRole> {
  const total = all.rows + train.rows + test.rows;
  let done = 0;
  function* linesOf(table: Table): Generator<string[]> {
    for (const line of tableLines(declaration, table)) {
      yield line;
      if (++done % TOLD_EVERY === 0) onProgress?.({ stage: 'writing', rows: { done, total } });
    }
  }
  return { data: linesOf(all), train: linesOf(train), test: linesOf(test) };
}

/**
 * What makes a report: a fault in it is told, and leaves the release without one, rather than without an hour's training.
 *
 * @throws what it throws, where nobody follows
 */
function toldWhereItFails<T>(make: () => T, onProgress: Options['onProgress']): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!onProgress) throw error;
    onProgress({ stage: 'unreported', stack: (error instanceof Error && error.stack) || String(error) });
    return undefined;
  }
}

/** What thresholds of the positive class cost among the held-out rows; undefined but of two classes. */
export function heldOutCosts(
  { outputs, values }: Predictions,
  { test, declaration }: Pick<Rows, 'test' | 'declaration'>,
  { classes }: Task,
): ThresholdCosts | undefined {
  const levels = classesOf(declaration);
  const positive = classes?.positive ?? null;
  if (!levels || positive === null) return undefined;
  const code = levels.indexOf(positive);
  const truth = columnOf(test, declaration.target);
  return thresholdCosts(positive, {
    isPositive: Array.from(truth, (each) => each === code),
    probabilities: truth.map((_, row) => values[row * outputs + code] as number),
    weights: weightsOf(test, declaration),
  });
}

/** What the training rows have of the target: the range and the distribution of a number, the shares of classes. */
function targetOfTraining(
  { train, declaration }: Rows,
  { classes }: Task,
  histogram: TargetHistogram | undefined,
): Pick<Manifest['data'], 'target' | 'shares'> {
  if (classes) return { shares: [...classes.shares] };
  return { target: { ...rangeOf(columnOf(train, declaration.target)), ...(histogram && { histogram }) } };
}

/** @throws ReleaseError unless what was written predicts as the model in memory does, bit by bit */
export async function checkPredictions(
  release: Release,
  { model, heldOut, rows: { test } }: Pick<Trained, 'model' | 'heldOut'> & { readonly rows: Pick<Rows, 'test'> },
): Promise<void> {
  const step = Math.max(1, Math.floor(test.rows / CHECKED_ROWS));
  const some = Uint32Array.from({ length: Math.min(test.rows, CHECKED_ROWS) }, (_, i) => i * step);
  const { values: expected } = takePredictions(heldOut, some);
  const { values: written } = predictTable(await readModel(release), takeRows(test, some));
  const wrong = expected.findIndex((value, i) => !Object.is(value, written[i]));
  if (wrong === -1) return;
  throw new ReleaseError(
    `read back from disk, ${modelTitle(model)} predicts ${written[wrong]} where it predicted ${expected[wrong]}; nothing was released`,
  );
}

/** A release that could not be read is not recorded: that is true of a folder, and not of what was trained. */
function recordedComparison(champion: Judged['champion']): Pick<Manifest, 'champion'> {
  return champion && champion.release !== null ? { champion } : {};
}
