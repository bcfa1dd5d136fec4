// The releases that the commands put into images, and take out of them.

import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { makeReleasesFolder, releasesFolder } from '../../ml/release/index.ts';
import { run } from './tool.ts';

const named = () => process.env.ARTIFACTS?.trim() || undefined;

/** The folder of releases: the one that ARTIFACTS names, else that of the data set. */
export const releasesInUse = (): string => named() ?? releasesFolder(datasetFolder());

/** The same, made if need be. */
export const makeReleasesInUse = async (): Promise<string> => named() ?? (await makeReleasesFolder(datasetFolder()));

/** Copies the folder of releases of an image, whose container is named, into an empty folder. */
export function copyFromContainer(container: string, folder: string): void {
  run('docker', ['cp', `${container}:/plumbline/artifacts/.`, folder]);
}
