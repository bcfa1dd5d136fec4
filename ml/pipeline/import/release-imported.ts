import type { Predictions } from '../../core/predictions.ts';
import type { Declaration } from '../../data/declaration.ts';
import { columnOf, emptyTable, type Table, weightsOf } from '../../data/table.ts';
import { type FittedModel, type Model, partsOf } from '../../estimators/model.ts';
import { predictTable } from '../../estimators/predict-rows.ts';
import { importanceOf } from '../../explain/importance.ts';
import { fitTrust, type Trust } from '../../explain/trust.ts';
import type { FileRecords } from '../../release/files.ts';
import { type Manifest, RELEASE_FORMAT } from '../../release/manifest.ts';
import { documentsOf } from '../../release/model.ts';
import type { Release } from '../../release/read.ts';
import { trustDocument } from '../../release/trust.ts';
import { writeRelease } from '../../release/write.ts';
import { type ImportedRecord, importedInWords } from '../../selection/imported-record.ts';
import { type Scores, score } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { taskOfRows } from '../../selection/tasks/task-of-rows.ts';
import { checkPredictions, dataLines, heldOutCosts } from '../release-trained.ts';
import { codeHash, gitCommit, versions } from '../versions.ts';

/** Of what is drawn at random: nothing of the model hangs on it. */
const SEED = 42;

export interface ImportedRelease {
  readonly declaration: Declaration;
  readonly model: Model;
  readonly record: ImportedRecord;
  /** Rows of proof that have a target: the only ones that are known, and held out from the model as far as whoever gave them says. */
  readonly rows: Table;
  readonly dropped: number;
  /** Whether it is put into use. */
  readonly use: boolean;
}

/** What a release was made of and what it scores on the rows of proof; no scores where these have no targets. */
export interface ReleasedImport {
  readonly release: Release;
  readonly task: Task;
  readonly holdout: Scores | null;
  readonly hasIntervals: boolean;
}

/**
 * Writes an imported model as a release, with scores and intervals from the rows of proof where these have targets.
 *
 * @throws ReleaseError where it would not predict as the model in memory does, or cannot be written
 */
export async function releaseImported(
  artifacts: string,
  { declaration, model, record, rows, dropped, use }: ImportedRelease,
): Promise<ReleasedImport> {
  const hasRows = rows.rows > 0;
  const task = taskOfRows({ declaration, train: rows });
  const heldOut = hasRows ? predictTable(model, rows) : null;
  const weights = weightsOf(rows, declaration);
  const holdout = heldOut && score(task.metrics, columnOf(rows, declaration.target), heldOut, weights);
  const trust = heldOut && trustOf(model, heldOut, { declaration, rows });
  const importance = hasRows ? await importanceOf({ model, rows, declaration, task, seed: SEED }) : undefined;
  const thresholds = heldOut ? heldOutCosts(heldOut, { test: rows, declaration }, task) : undefined;
  const { estimator, params } = partsOf(model)[0] as FittedModel;
  const parts = { declaration, all: rows, train: emptyTable(declaration), test: rows };
  const { reportOf } = await import('../../report/report-page.ts');
  const describe = (files: FileRecords): Manifest => ({
    format: RELEASE_FORMAT,
    versions: versions(),
    commit: gitCommit(),
    code: codeHash(),
    seed: SEED,
    threshold: task.gate.threshold ?? 0,
    dataset: declaration,
    data: {
      sha256: files.data.sha256,
      rows: rows.rows,
      dropped,
      train: 0,
      test: rows.rows,
      split: 'given',
      ...(task.classes && hasRows && { shares: [...task.classes.shares] }),
    },
    ...(task.classes?.positive && { positive: task.classes.positive }),
    folds: 0,
    plan: null,
    imported: record,
    chosen: { model: estimator, params, parts: 1, cv: {} },
    why: importedInWords(record),
    holdout: holdout ?? {},
    ...(importance && { importance }),
    ...(thresholds && { thresholds }),
    baseline: {
      status: 'failed',
      model: task.baseline.model,
      params: {},
      reason: 'nothing was trained, so there is no baseline',
    },
    leaderboard: [],
    trials: null,
    files,
  });
  const release = await writeRelease(
    artifacts,
    {
      ...dataLines(parts),
      ...documentsOf(model),
      ...(trust && { intervals: trustDocument(trust) }),
      report: (manifest: Manifest) => reportOf({ manifest, model, trust }, parts),
    },
    describe,
    async (written) => {
      if (heldOut) await checkPredictions(written, { model, heldOut, rows: parts });
    },
    { use },
  );
  return { release, task, holdout, hasIntervals: (trust?.intervals ?? trust?.sets ?? null) !== null };
}

/** By the residuals of the rows of proof, none of which the model is taken to have learned from. What it has learned from is not known. */
function trustOf(
  model: Model,
  predictions: Predictions,
  { declaration, rows }: { declaration: Declaration; rows: Table },
): Trust {
  const held = Uint32Array.from({ length: rows.rows }, (_, row) => row);
  const given = { folds: [{ learned: new Uint32Array(), held }], predictions: [predictions], foldsOfParts: [[null]] };
  const { intervals, sets } = fitTrust(model, given, { declaration, train: rows, unseen: rows, seed: SEED });
  return { intervals, sets, domain: { columns: [], density: null, pairs: null } };
}
