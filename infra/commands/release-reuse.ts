// Takes the release out of the image that was pushed last, so that training can leave it as it is
// where neither code nor data have changed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ReleaseError } from '../../ml/core/errors.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { readRelease, takeOverRelease } from '../../ml/release/index.ts';
import { pullImage } from './image.ts';
import { whileLoggedIn } from './registry-login.ts';
import { copyFromContainer, makeReleasesInUse, releasesInUse } from './releases.ts';
import { run } from './tool.ts';

// How far back an image is looked for: a few pushes may have failed before theirs was pushed.
const COMMITS = 10;

const root = fileURLToPath(new URL('../..', import.meta.url));

const datasetForm = z.object({ name: z.string(), target: z.string() });

/**
 * Fetches the release that was pushed last into the releases of the data set; says what came of it.
 *
 * @param repository `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`
 * @throws ToolError where git, Docker or the AWS CLI fails. @throws DataError, ReleaseError where the data set's setting is wrong.
 */
export async function reuseRelease(repository: string): Promise<string> {
  const artifacts = releasesInUse();
  if (await isReadable(artifacts)) return `There is a release in ${artifacts} already.`;
  const commits = run('git', ['-C', root, 'log', '--first-parent', `-${COMMITS}`, '--format=%H'])
    .trim()
    .split('\n');
  const image = await whileLoggedIn(repository, () => commits.map((it) => `${repository}:${it}`).find(pullImage));
  return image ? takeRelease(image) : `No image of the last ${commits.length} commits has been pushed.`;
}

/** Copies the release out of an image, if it is of the data set; says what came of it. */
async function takeRelease(image: string): Promise<string> {
  const { name, target } = datasetForm.parse(JSON.parse(readFileSync(join(datasetFolder(), 'dataset.json'), 'utf8')));
  const container = run('docker', ['create', image]).trim();
  let refused = '';
  try {
    const release = await takeOverRelease(
      await makeReleasesInUse(),
      (folder) => copyFromContainer(container, folder),
      ({ id, manifest: { dataset } }) => {
        if (dataset.name === name && dataset.target === target) return true;
        refused = `Release ${id} of ${image} predicts ${dataset.target} of ${dataset.name}, not ${target} of ${name}: it is not taken`;
        return false;
      },
    );
    return release ? `Release ${release.id} of ${image}` : refused;
  } catch (error) {
    if (!(error instanceof ReleaseError && error.trainingMends)) throw error;
    return `What ${image} has is not taken: ${error.message}`;
  } finally {
    run('docker', ['rm', container]);
  }
}

/** @throws ReleaseError where training would not mend that it cannot be read */
async function isReadable(artifacts: string): Promise<boolean> {
  try {
    await readRelease(artifacts);
    return true;
  } catch (error) {
    if (error instanceof ReleaseError && error.trainingMends) return false;
    throw error;
  }
}
