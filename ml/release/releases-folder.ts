// Where the releases of a data set lie: artifacts/<name of its folder>, which belongs to that data set alone.

import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { hasCode, ReleaseError } from '../core/errors.ts';
import { root, shortPath } from '../data/dataset-setting.ts';

/** The link to the data set that a folder of releases belongs to. To make a link takes one step that cannot be half done. */
const OWNER = 'dataset';

/**
 * The folder for the releases of the data set in folder `dataset`, whether it is there yet or not.
 *
 * @returns a path from the working directory
 * @throws ReleaseError where it holds the releases of another data set, whose folder has the same name
 */
export function releasesFolder(dataset: string): string {
  const folder = pathFor(dataset);
  if (existsSync(join(folder, 'manifest.json'))) {
    throw new ReleaseError(
      `${shortPath(folder)} is itself a release, of an earlier version of Plumbline. Remove it, or give the folder ${dataset} another name`,
    );
  }
  const owner = ownerOf(folder);
  if (owner !== undefined && !isSame(owner, resolve(dataset))) {
    throw new ReleaseError(
      `${shortPath(folder)} holds the releases of ${shortPath(owner)}, not those of ${dataset}. Name a folder for these (--artifacts, or ARTIFACTS in the environment), or give one of the two data sets another name. Where the other is gone for good, remove ${shortPath(join(folder, OWNER))}`,
    );
  }
  return shortPath(folder);
}

/**
 * Makes that folder, and notes in it whose it is. Of two trainings that do so at once one is refused.
 *
 * @throws ReleaseError as `releasesFolder`
 */
export async function makeReleasesFolder(dataset: string): Promise<string> {
  const folder = pathFor(dataset);
  await mkdir(folder, { recursive: true });
  try {
    await symlink(withinProject(dataset) ? relative(folder, resolve(dataset)) : resolve(dataset), join(folder, OWNER));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  return releasesFolder(dataset);
}

const pathFor = (dataset: string) => join(root, 'artifacts', basename(resolve(dataset)));

/** A link within the project still leads there when the project's folder has moved. */
const withinProject = (dataset: string) => !relative(root, resolve(dataset)).startsWith('..');

function ownerOf(folder: string): string | undefined {
  try {
    return resolve(folder, readlinkSync(join(folder, OWNER)));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isSame(owner: string, dataset: string): boolean {
  return owner === dataset || (existsSync(owner) && realpathSync.native(owner) === realpathSync.native(dataset));
}
