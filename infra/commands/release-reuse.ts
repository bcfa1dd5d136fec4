// Takes the release out of the image that was pushed last, so that training can leave it as it is
// where neither code nor data have changed.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { pullImage } from './image.ts';
import { whileLoggedIn } from './registry-login.ts';
import { makeReleasesInUse, releasesInUse } from './releases.ts';
import { run } from './tool.ts';

// How far back an image is looked for: a few pushes may have failed before theirs was pushed.
const COMMITS = 10;

const root = fileURLToPath(new URL('../..', import.meta.url));

const datasetForm = z.object({ name: z.string(), target: z.string() });
const manifestForm = z.object({ dataset: datasetForm });

/**
 * Fetches the release that was pushed last into the releases of the data set; says what came of it.
 *
 * @param repository `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`
 * @throws ToolError where git, Docker or the AWS CLI fails. @throws DataError, ReleaseError where the data set's setting is wrong.
 */
export async function reuseRelease(repository: string): Promise<string> {
  const artifacts = releasesInUse();
  if (existsSync(join(artifacts, 'current'))) return `There is a release in ${artifacts} already.`;
  const commits = run('git', ['-C', root, 'log', '--first-parent', `-${COMMITS}`, '--format=%H'])
    .trim()
    .split('\n');
  const image = await whileLoggedIn(repository, () => commits.map((it) => `${repository}:${it}`).find(pullImage));
  return image ? takeRelease(image) : `No image of the last ${commits.length} commits has been pushed.`;
}

/** Copies the release out of an image, if it is of the data set; says what came of it. */
async function takeRelease(image: string): Promise<string> {
  const { name, target } = datasetForm.parse(readJson(join(datasetFolder(), 'dataset.json')));
  const artifacts = await makeReleasesInUse();
  mkdirSync(artifacts, { recursive: true });
  const folder = mkdtempSync(join(artifacts, `.writing-${process.pid}-`));
  const container = run('docker', ['create', image]).trim();
  try {
    run('docker', ['cp', `${container}:/plumbline/artifacts/.`, folder]);
    const id = readlinkSync(join(folder, 'current'));
    const { dataset } = manifestForm.parse(readJson(join(folder, id, 'manifest.json')));
    if (dataset.name !== name || dataset.target !== target)
      return `Release ${id} of ${image} predicts ${dataset.target} of ${dataset.name}, not ${target} of ${name}: it is not taken`;
    if (!existsSync(join(artifacts, id))) renameSync(join(folder, id), join(artifacts, id));
    // One that points nowhere is no release.
    rmSync(join(artifacts, 'current'), { force: true });
    symlinkSync(id, join(artifacts, 'current'));
    return `Release ${id} of ${image}`;
  } finally {
    run('docker', ['rm', container]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
