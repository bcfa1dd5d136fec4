import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { columnOf } from '../../../ml/data/table.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { dataRoles } from '../../../ml/release/files.ts';
import { readRelease } from '../../../ml/release/read.ts';
import { hasRows, readRowsOf } from '../../../ml/release/rows.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

const HELD = 12;

test('the rows of a release are read, be a column of some of them empty, and missed where it lacks them', async () => {
  // Of no house that is held out the rooms are known.
  const rows = houseRows(60).map((row, i) => (i < HELD ? row.replace(/,\d+/, ',') : row));
  const folder = writeHouses(temporaryFolder(), rows);
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models: ['linear'], holdoutRows: [...Array(HELD).keys()] });
  const release = await readRelease(artifacts);
  expect(hasRows(release)).toBe(true);
  expect((await readRowsOf(release, 'train')).rows).toBe(60 - HELD);
  const held = await readRowsOf(release, 'test');
  expect([...columnOf(held, 'rooms')]).toEqual(Array(HELD).fill(Number.NaN));

  for (const role of dataRoles) rmSync(join(release.path, release.manifest.files[role].name));
  const bare = await readRelease(artifacts);
  expect(hasRows(bare)).toBe(false);
  await expect(readRowsOf(bare, 'test')).rejects.toThrow(/test\.csv of release \w+ is missing/);
});
