import { columnOf, weightsOf } from '../../data/table.ts';
import { classesOf } from '../../data/task-kind.ts';
import { type FittedModel, type Model, singleModel } from '../../estimators/model.ts';
import { predictTable } from '../../estimators/predict-rows.ts';
import {
  type CalibrationRecord,
  calibrationInWords,
  type FittedCalibration,
  fitCalibration,
} from '../../explain/fit-calibration.ts';
import type { CrossValidated } from '../../explain/residuals.ts';
import { fitTrust, type Trust } from '../../explain/trust.ts';
import { describeModel } from '../../selection/chosen.ts';
import { cvOf } from '../../selection/evaluation.ts';
import type { FitContext } from '../../selection/fit-job.ts';
import type { Judged } from '../../selection/gate.ts';
import { score } from '../../selection/metric.ts';
import type { Plan } from '../../selection/plan.ts';
import type { Rows } from '../../selection/rows.ts';
import type { Task } from '../../selection/task.ts';
import { baselineEntry } from './baseline-entry.ts';
import { calibrationFolds } from './calibration-folds.ts';
import type { JobSummary } from './job-results.ts';
import { type JobRows, rowsOfParts } from './job-rows.ts';
import { withLearned } from './learned-domain.ts';

/** A job's model with what the rows that it has not learned from say of it. */
interface Assessed extends Pick<Judged, 'leaderboard' | 'baseline' | 'chosen' | 'holdout'> {
  readonly model: Model;
  readonly heldOut: ReturnType<typeof predictTable>;
  readonly folds: number;
  readonly why: string;
  readonly calibration: CalibrationRecord | null;
  readonly trust: Trust;
}

/**
 * Calibrates and scores a model, and learns how sure it is: by the rows that the job held from it for that, as if they were of folds, and on the
 * held-out rows once.
 */
export function assessJob(
  fitted: FittedModel,
  job: JobRows,
  summary: JobSummary,
  { rows, plan, task }: { readonly rows: Rows; readonly plan: Plan; readonly task: Task },
): Assessed {
  const { declaration, train, test } = rows;
  const { seed } = summary.settings;
  const plain = singleModel(fitted);
  const calibrate = rowsOfParts(job, 'calibrate');
  const crossValidated = calibrationFolds(plain, calibrate, declaration, { folds: plan.folds, seed });
  const context: FitContext = { declaration, train: calibrate, folds: crossValidated.folds, seed };
  const calibrated = task.classes ? calibrationOf(crossValidated, context, task.classes.positive) : null;
  const model = { ...plain, calibration: calibrated?.calibration ?? null };
  const heldOut = predictTable(model, test);
  const cv = cvOf(calibrated?.outOfFold ?? crossValidated.predictions, { context, task });
  const trust = fitTrust(model, crossValidated, { declaration, train: calibrate, all: train, unseen: test, seed });
  return {
    model,
    heldOut,
    leaderboard: [{ status: 'scored', model: fitted.estimator, params: fitted.params, cv }],
    baseline: baselineEntry(train, { context, task }),
    chosen: describeModel(model, cv),
    holdout: score(task.metrics, columnOf(test, declaration.target), heldOut, weightsOf(test, declaration)),
    folds: context.folds.length,
    why: [
      `it was trained on a cluster, on ${summary.rows.learn} rows`,
      ...(calibrated ? (calibrationInWords(calibrated.record) ?? []) : []),
    ].join('; '),
    calibration: calibrated?.record ?? null,
    trust: { ...trust, domain: withLearned(trust.domain, declaration, summary.columns) },
  };
}

function calibrationOf(
  given: CrossValidated,
  { declaration, train, seed }: FitContext,
  named: string | null,
): FittedCalibration | null {
  const positive = named === null ? null : (classesOf(declaration) ?? []).indexOf(named);
  return fitCalibration(given, { declaration, train, seed, positive });
}
