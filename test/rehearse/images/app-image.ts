// The project's image, with the release in use, or with one that is trained for it.

import { releasesInUse } from '../../../infra/commands/releases.ts';
import { exampleRecord, readRelease } from '../../../ml/release/index.ts';
import { demandEngine } from '../docker.ts';
import { demand } from '../process.ts';
import { CannotRehearse } from '../report.ts';
import { haveBaseImage } from './base-image.ts';

/** What it is called in rehearsals: one finds what the one before it has built. */
export const APP_IMAGE = 'plumbline-rehearsal-app';

/**
 * Trains where there is no release, and builds the image.
 *
 * @param offline whether a stand-in for its base is built where there is none
 * @returns what the build says
 * @throws CannotRehearse where that cannot be had
 */
export async function buildAppImage(tag: string, offline: boolean): Promise<string> {
  demandEngine();
  haveBaseImage(offline);
  await demand(process.execPath, ['cli/plumbline.ts', 'train', '--if-missing', '--no-tune']);
  try {
    return await demand(process.execPath, ['cli/plumbline.ts', 'image', 'build', '--tag', tag]);
  } catch (error) {
    const advice = 'Where no registry answers, add --offline.';
    throw new CannotRehearse(`The image cannot be built. ${advice}\n${(error as Error).message}`, { cause: error });
  }
}

/** A record that the release’s declaration allows. */
export async function recordOfRelease() {
  return exampleRecord((await readRelease(releasesInUse())).manifest.dataset);
}
