import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ReleaseError } from '../core/errors.ts';
import type { Manifest } from '../release/manifest.ts';
import { type Release, readReleaseAt } from '../release/read.ts';
import type { Plan } from '../selection/plan.ts';
import type { Progress } from '../selection/progress.ts';
import type { Rows } from '../selection/rows.ts';
import type { RecordedSearch } from '../selection/search/again.ts';
import { choose } from '../selection/selection.ts';
import { taskOfRows } from '../selection/tasks/task-of-rows.ts';
import { rowsOfRelease } from './release-rows.ts';
import { releaseTrained } from './release-trained.ts';

export interface RepeatOptions {
  /** The folder of a release: artifacts/<data set>/<id>. */
  readonly release: string;
  /** @default as many as there are cores */
  readonly workers?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of repeating a release. */
export interface Repeated {
  readonly release: string;
  /** The id of what the repeated training wrote. */
  readonly repeated: string;
  /** Whether every byte is the same, but for the commit that the code was at. */
  readonly isSame: boolean;
  /** What of the manifest differs: "code", "holdout"; empty where all is the same. */
  readonly differences: readonly string[];
}

/**
 * Trains a release again, from its own data, rows held out, seed and trials, and compares what comes of it. What it writes is
 * removed again.
 *
 * @throws ReleaseError where it cannot be read, lacks its data, or is of a version that did not record its trials
 */
export async function repeatRelease({ release: path, workers, onProgress, signal }: RepeatOptions): Promise<Repeated> {
  const release = await readReleaseAt(path);
  const { manifest } = release;
  const { plan, trials, partialTrials = [] } = manifest;
  if (manifest.imported)
    throw new ReleaseError(
      `release ${release.id} was imported, and not trained here; import its file again (npm run import)`,
    );
  if (manifest.cluster)
    throw new ReleaseError(
      `release ${release.id} was trained on a cluster, on more rows than it keeps; train it there again (--on spark)`,
    );
  if (!plan || !trials)
    throw new ReleaseError(
      `release ${release.id} is of an older version of Plumbline, which did not record what it tried; it cannot be repeated`,
    );
  const rows = await rowsOfRelease(release);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-repeat-'));
  try {
    const again = await trainAgain(
      folder,
      { manifest, plan, tried: { trials, partialTrials }, rows },
      { workers, onProgress, signal },
    );
    const differences = differencesOf(manifest, again.manifest);
    return { release: release.id, repeated: again.id, isSame: differences.length === 0, differences };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Recorded {
  readonly manifest: Manifest;
  readonly plan: Plan;
  readonly tried: RecordedSearch;
  readonly rows: Rows;
}

async function trainAgain(
  folder: string,
  { manifest, plan, tried, rows }: Recorded,
  options: Pick<RepeatOptions, 'workers' | 'onProgress' | 'signal'>,
): Promise<Release> {
  // What it was compared with may be gone by now, and the same code may lie at another commit.
  const { seed, threshold, champion, forced } = manifest;
  const selection = await choose(plan, rows, taskOfRows(rows, plan), { seed, again: tried, ...options });
  const { model, heldOut, calibration, why, trust, learningCurve } = selection;
  if (!model || !heldOut)
    throw new ReleaseError('nothing could be trained again: every candidate failed, on other code or another machine');
  return releaseTrained(
    folder,
    {
      rows,
      plan,
      seed,
      judged: { ...selection, threshold, champion, forced },
      trials: selection.trials,
      partialTrials: selection.partialTrials,
      why,
      model,
      heldOut,
      calibration,
      learningCurve,
      trust,
      commit: manifest.commit,
    },
    options,
  );
}

/** The parts of a manifest that differ. */
function differencesOf(one: Manifest, other: Manifest): string[] {
  const names = Object.keys({ ...one, ...other }) as (keyof Manifest)[];
  return names.filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
