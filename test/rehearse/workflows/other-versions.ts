// Versions of what the first push has put live, good ones and a broken one, in the registry: what deploys by hand choose from.

import { DEFAULT_IMAGE } from '../../../infra/commands/image.ts';
import type { Site } from '../delivery/site.ts';
import { logIn, makeVersions } from '../delivery/versions.ts';
import { docker } from '../docker.ts';
import type { Rehearsal } from '../rehearsal.ts';

const LIVE = 'plumbline-rehearsal-workflows';

/** Gives the reference by digest of a version by its name, which is made on first use; `crashes at start` is broken. */
export type OtherVersions = (name: string) => Promise<string>;

/** To be asked while the image that is live was the last to be built. */
export async function otherVersions({ registry }: Site, { folder, atEnd }: Rehearsal): Promise<OtherVersions> {
  docker('tag', DEFAULT_IMAGE, LIVE);
  atEnd(() => docker('image', 'rm', LIVE));
  atEnd(await logIn(registry));
  return makeVersions(LIVE, registry, folder);
}
