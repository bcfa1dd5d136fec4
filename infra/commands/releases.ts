// Where the releases lie that the commands put into images, and take out of them.

import { datasetFolder } from '../../ml/dataset-setting.ts';
import { makeReleasesFolder, releasesFolder } from '../../ml/releases-folder.ts';

const named = () => process.env.ARTIFACTS?.trim() || undefined;

/** The folder of releases: the one that ARTIFACTS names, else that of the data set. */
export const releasesInUse = (): string => named() ?? releasesFolder(datasetFolder());

/** The same, made if need be. */
export const makeReleasesInUse = async (): Promise<string> => named() ?? (await makeReleasesFolder(datasetFolder()));
