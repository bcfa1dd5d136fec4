import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train } from '../../../ml/pipeline/train.ts';
import { copyRelease, isLinked } from '../../../ml/release/current.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { temporaryFolder } from '../../temporary.ts';
import { houseRelease } from '../house-release.ts';

const { original, id, copy, copyWithoutLinks } = houseRelease();

test('a copy has the release in use, and a link that leads to it', async () => {
  const linked = copy().artifacts;
  const unlinked = copyWithoutLinks();
  expect(await Promise.all([linked, unlinked, temporaryFolder()].map(isLinked))).toEqual([true, false, false]);
  for (const artifacts of [linked, unlinked]) {
    const folder = temporaryFolder();
    await copyRelease(await readRelease(artifacts), folder);
    expect(readdirSync(folder).sort()).toEqual([id(), 'current'].sort());
    expect(await isLinked(folder)).toBe(true);
    expect((await readRelease(folder)).id).toBe(id());
  }
});

test('a folder in the place of the link is read, under the id that its manifest gives', async () => {
  const artifacts = copyWithoutLinks();
  expect((await readRelease(artifacts)).id).toBe(id());
  truncateSync(join(artifacts, 'current', 'model.json'), 5);
  await expect(readRelease(artifacts)).rejects.toThrow(`model.json of release ${id()} is truncated`);
});

test('a damaged folder in the place of the link gives way to a release', async () => {
  const artifacts = copyWithoutLinks();
  truncateSync(join(artifacts, 'current', 'model.json'), 5);
  const { release } = await train({ dataset: original, artifacts });
  expect(release).toBe(id());
  expect(readdirSync(artifacts).sort()).toEqual([id(), 'current'].sort());
});
