import { join } from 'node:path';
import { CleanupStack } from '../core/cleanup-stack.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import { forgetHeldBack, heldBackFolder } from '../release/held-back.ts';
import { readModel } from '../release/model.ts';
import type { Release } from '../release/read.ts';
import { makeReleasesFolder } from '../release/releases-folder.ts';
import { readTrust } from '../release/trust.ts';
import { type Judged, judge, remedyFor } from '../selection/gate.ts';
import type { Rows } from '../selection/rows.ts';
import { choose } from '../selection/selection.ts';
import { type Challenger, compareWithCurrent } from './champion.ts';
import { openJournal } from './open-journal.ts';
import { type Prepared, prepareTraining } from './prepare.ts';
import { releaseTrained } from './release-trained.ts';
import { findUnchanged } from './reuse.ts';
import { folderOf, type TrainOptions } from './train-options.ts';
import { resultOf, type TrainResult } from './train-result.ts';

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
  const prepared = await prepareTraining(options);
  const { rows, plan, seed, task, budget, artifacts, threshold } = prepared;
  const { onProgress, signal, stop, workers, threads } = options;
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
  const { model, heldOut, trust, ...scores } = heldBack
    ? await readAgain(heldBack, rows)
    : await choose(plan, rows, task, { seed, signal, stop, memory: journal, budget, workers, threads, onProgress });

  const { champion, forced } =
    model && heldOut ? await championOf({ ...prepared, model, heldOut }, options) : { champion: null, forced: false };
  const judged = { ...scores, threshold, champion, forced };
  const release = judge(judged, task).released;
  if (model && heldOut && (release || remedyFor(judged, task) !== null)) {
    if (options.artifacts === undefined) await makeReleasesFolder(folderOf(options.dataset));
    const folder = release ? artifacts : heldBackFolder(artifacts);
    const { trials, partialTrials, why, calibration, learningCurve } = scores;
    const { id } = await releaseTrained(
      folder,
      { ...training, judged, trials, partialTrials, why, model, heldOut, calibration, learningCurve, trust },
      options,
    );
    await forgetHeldBack(artifacts, release ? undefined : id);
    await journal?.end();
    if (release) return resultOf(training, task, judged, join(artifacts, id));
  }
  return resultOf(training, task, judged, null);
}

/** What a training came to that the gate held back. */
async function readAgain(heldBack: Release, { test }: Rows) {
  const model = await readModel(heldBack);
  return { ...heldBack.manifest, model, heldOut: predictTable(model, test), trust: await readTrust(heldBack) };
}

/** How a model compares with the release in use, and whether it is to be released all the same. */
async function championOf(
  { artifacts, tolerance, plan, ...challenger }: Prepared & Challenger,
  { champion, force }: Pick<TrainOptions, 'champion' | 'force'>,
): Promise<Pick<Judged, 'champion' | 'forced'>> {
  // What comes to the release in use again, perhaps while another process did, was compared with what that replaced.
  const same = await findUnchanged(artifacts, { ...challenger, plan });
  if (same) return { champion: same.manifest.champion, forced: force ?? same.manifest.forced };
  if (champion === 'ignored') return { champion: null, forced: force };
  return { champion: await compareWithCurrent(artifacts, challenger, tolerance), forced: force };
}
