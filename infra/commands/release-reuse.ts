// Takes the release that serves out of its image, so that training can leave it as it is where neither code nor data have
// changed, and compares with it what it trains otherwise.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ReleaseError } from '../../ml/core/errors.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { readRelease, takeOverRelease } from '../../ml/release/index.ts';
import { withDatasetAt } from './dataset-at.ts';
import { inspectImage, pullImage } from './image.ts';
import { whileLoggedIn } from './registry-login.ts';
import { copyFromContainer, makeReleasesInUse, releasesInUse } from './releases.ts';
import { askServed } from './served-version.ts';
import { tidying } from './tidying.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

// How far back an image is looked for: a few pushes may have failed before theirs was pushed.
const COMMITS = 10;

const root = fileURLToPath(new URL('../..', import.meta.url));

const datasetForm = z.object({ name: z.string(), target: z.string() });

interface ReuseOptions {
  /** Where the app is served, without a slash at its end. @default the image that was pushed last has what serves */
  readonly serving?: string | undefined;
  /**
   * Gives the release in use in a folder of releases its rows back, which no image has, from a data set's folder; says whether
   * it has them then.
   */
  readonly restoreRows: (releases: string, dataset: string) => Promise<boolean>;
}

/** An image, and the commit that it was built from. */
interface Found {
  readonly image: string;
  readonly commit: string;
  /** Whether it has the release that serves; undefined where it is not known which one that is. */
  readonly serves: boolean | undefined;
}

/**
 * Fetches the release that serves, or else the one that was pushed last, into the releases of the data set; says what came of it.
 *
 * @param repository `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`
 * @throws ToolError where git, Docker or the AWS CLI fails. @throws DataError, ReleaseError where the data set's setting is wrong.
 */
export async function reuseRelease(repository: string, { serving, restoreRows }: ReuseOptions): Promise<string> {
  const artifacts = releasesInUse();
  if (await isReadable(artifacts)) return `There is a release in ${artifacts} already.`;
  const commits = run('git', ['-C', root, 'log', '--first-parent', `-${COMMITS}`, '--format=%H'])
    .trim()
    .split('\n');
  const served = serving === undefined ? undefined : await askServed(serving);
  const found = await whileLoggedIn(repository, () => findImage(repository, commits, served));
  if (!found) return `No image of the last ${commits.length} commits has been pushed.`;
  const taken = await takeRelease(found, restoreRows);
  if (found.serves !== false) return taken;
  return `${taken}\nWhat serves, release ${served}, is in no image of the last ${commits.length} commits: this is the one that was pushed last.`;
}

/** The newest image that has the release that serves, or else the newest of all. */
function findImage(repository: string, commits: readonly string[], served: string | undefined): Found | undefined {
  let newest: Found | undefined;
  for (const commit of commits) {
    const image = `${repository}:${commit}`;
    if (!pullImage(image)) continue;
    if (served === undefined) return { image, commit, serves: undefined };
    if (holds(image, served)) return { image, commit, serves: true };
    newest ??= { image, commit, serves: false };
  }
  return newest;
}

/** Whether an image says that it holds a release; one that says of none holds another. */
function holds(image: string, release: string): boolean {
  try {
    return inspectImage(image).release === release;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** Copies the release out of an image, if it is of the data set; says what came of it. */
async function takeRelease({ image, commit }: Found, restoreRows: ReuseOptions['restoreRows']): Promise<string> {
  const { name, target } = datasetForm.parse(JSON.parse(readFileSync(join(datasetFolder(), 'dataset.json'), 'utf8')));
  const container = run('docker', ['create', image]).trim();
  let refused = '';
  let hasRows = false;
  const take = async () => {
    const release = await takeOverRelease(
      await makeReleasesInUse(),
      async (folder) => {
        copyFromContainer(container, folder);
        hasRows = await withDatasetAt(commit, (dataset) => restoreRows(folder, dataset));
      },
      ({ id, manifest: { dataset } }) => {
        if (dataset.name === name && dataset.target === target) return true;
        refused = `Release ${id} of ${image} predicts ${dataset.target} of ${dataset.name}, not ${target} of ${name}: it is not taken`;
        return false;
      },
    );
    if (!release) return refused;
    return `Release ${release.id} of ${image}${hasRows ? ', with its rows from the history of the repository' : ''}`;
  };
  try {
    return await tidying(take, () => run('docker', ['rm', container]));
  } catch (error) {
    if (!(error instanceof ReleaseError && error.trainingMends)) throw error;
    return `What ${image} has is not taken: ${error.message}`;
  }
}

/** @throws ReleaseError where training would not mend that it cannot be read */
async function isReadable(artifacts: string): Promise<boolean> {
  try {
    await readRelease(artifacts, { rows: 'checked' });
    return true;
  } catch (error) {
    if (error instanceof ReleaseError && error.trainingMends) return false;
    throw error;
  }
}
