import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { releaseInUse } from '../../../infra/commands/releases.ts';
import { train } from '../../../ml/index.ts';
import { writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

it('the release in use is known by its id, whether a link leads there or it lies in its place', async () => {
  const folder = writeHouses(temporaryFolder());
  const artifacts = join(folder, 'artifacts');
  expect(releaseInUse(artifacts)).toBeUndefined();
  const { release } = await train({ dataset: folder, models: ['linear'], artifacts });
  expect(releaseInUse(artifacts)).toMatchObject({ id: release, path: expect.stringContaining(`/${release}`) });
  rmSync(join(artifacts, 'current'));
  renameSync(join(artifacts, release as string), join(artifacts, 'current'));
  expect(releaseInUse(artifacts)).toMatchObject({ id: release, manifest: { dataset: { name: 'houses' } } });
  rmSync(join(artifacts, 'current'), { recursive: true });
  symlinkSync('gone', join(artifacts, 'current'));
  expect(releaseInUse(artifacts)).toBeUndefined();
});
