import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreRows } from '../../../ml/pipeline/restore-rows.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { hasRows } from '../../../ml/release/rows.ts';
import { houseRows, houses, writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

/** A release as an image has it, and the data set that it was trained on. */
async function releaseWithoutRows(holdoutRows?: number[]) {
  const folder = temporaryFolder();
  const dataset = join(folder, 'houses');
  cpSync(writeHouses(temporaryFolder()), dataset, { recursive: true });
  const [whole, artifacts] = [join(folder, 'whole'), join(folder, 'artifacts')];
  await train({ dataset, holdoutRows, artifacts: whole, models: ['linear'], seed: 7 });
  cpSync(whole, artifacts, { recursive: true, verbatimSymlinks: true });
  for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(join(artifacts, 'current', name));
  const bytes = async (releases: string) => {
    const { path } = await readRelease(releases);
    return readdirSync(path).sort();
  };
  return { dataset, whole, artifacts, bytes };
}

test('a release gets its rows back from the data set that it was trained on, byte by byte', async () => {
  const { dataset, whole, artifacts, bytes } = await releaseWithoutRows();
  expect(hasRows(await readRelease(artifacts))).toBe(false);
  expect(await restoreRows(artifacts, dataset)).toBe(true);
  expect(hasRows(await readRelease(artifacts, { rows: 'checked' }))).toBe(true);
  expect(await bytes(artifacts)).toEqual(await bytes(whole));
  expect(await restoreRows(artifacts, '/nowhere')).toBe(true);
});

test.each([
  ['has other rows', (dataset: string) => writeHouses(dataset, houseRows(61))],
  [
    'is split otherwise',
    (dataset: string) => writeFileSync(join(dataset, 'dataset.json'), JSON.stringify({ ...houses, group: 'rooms' })),
  ],
  ['is not there', (dataset: string) => rmSync(dataset, { recursive: true })],
])('and none from one that %s', async (_, change) => {
  const { dataset, artifacts, bytes } = await releaseWithoutRows();
  const before = await bytes(artifacts);
  change(dataset);
  expect(await restoreRows(artifacts, dataset)).toBe(false);
  expect(await bytes(artifacts)).toEqual(before);
});

test('and none where the rows that were held out were named by hand', async () => {
  const { dataset, artifacts } = await releaseWithoutRows([1, 2, 3, 4]);
  expect(await restoreRows(artifacts, dataset)).toBe(false);
});
