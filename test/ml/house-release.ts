import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { train } from '../../ml/pipeline/train.ts';
import { writeHouses } from '../houses.ts';
import { makeFolder, temporaryFolder } from '../temporary.ts';

export interface Copy {
  readonly artifacts: string;
  /** The path of a file of the release. */
  readonly file: (name: string) => string;
}

/** A release of the houses for the tests of a file, in `original`, which is the data set's folder too. */
export function houseRelease() {
  const original = makeFolder();
  let id: string;
  beforeAll(async () => {
    const { release } = await train({ dataset: writeHouses(original), artifacts: join(original, 'artifacts') });
    id = release as string;
  });

  /** A copy of the release, to be damaged. */
  const copy = (): Copy => {
    const artifacts = join(temporaryFolder(), 'artifacts');
    cpSync(join(original, 'artifacts'), artifacts, { recursive: true, verbatimSymlinks: true });
    return { artifacts, file: (name) => join(artifacts, id, name) };
  };

  /** A copy whose links were followed: `current` is a folder, and the release is nowhere else. */
  const copyWithoutLinks = (): string => {
    const { artifacts } = copy();
    rmSync(join(artifacts, 'current'));
    renameSync(join(artifacts, id), join(artifacts, 'current'));
    return artifacts;
  };

  return { original, id: () => id, copy, copyWithoutLinks };
}
