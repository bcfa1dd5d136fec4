// Where the releases lie that the commands put into images, and take out of them.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { makeReleasesFolder, releasesFolder } from '../../ml/release/releases-folder.ts';

const named = () => process.env.ARTIFACTS?.trim() || undefined;

/** The folder of releases: the one that ARTIFACTS names, else that of the data set. */
export const releasesInUse = (): string => named() ?? releasesFolder(datasetFolder());

/** The same, made if need be. */
export const makeReleasesInUse = async (): Promise<string> => named() ?? (await makeReleasesFolder(datasetFolder()));

interface ReleaseInUse {
  /** The start of its manifest's SHA-256; its folder has that name, but where links were followed as it was copied. */
  readonly id: string;
  readonly path: string;
  /** As JSON has it. */
  readonly manifest: unknown;
}

/** The release in use of a folder of releases; undefined where there is none. */
export function releaseInUse(artifacts: string): ReleaseInUse | undefined {
  const current = join(artifacts, 'current');
  const manifest = join(current, 'manifest.json');
  if (!existsSync(manifest)) return undefined;
  const text = readFileSync(manifest, 'utf8');
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { id, path: realpathSync(current), manifest: JSON.parse(text) };
}
