import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareColumns } from '../../../ml/checks/compare.ts';
import { type LevelProfile, NumberProfile } from '../../../ml/checks/profile.ts';
import { referenceOf } from '../../../ml/checks/reference.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { fileNames } from '../../../ml/release/files.ts';
import { type Release, readRelease } from '../../../ml/release/read.ts';
import { houses } from '../../houses.ts';
import { makeFolder } from '../../temporary.ts';
import { csvOf, drawnHouses } from './checked-houses.ts';

const folder = makeFolder();
const artifacts = join(folder, 'artifacts');
const learned = drawnHouses(400, 1, ([area, ...rest]) => [Number(area) % 10 === 0 ? '' : area, ...rest]);
let release: Release;

beforeAll(async () => {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houses));
  writeFileSync(join(folder, houses.file), csvOf(learned));
  await train({ dataset: folder, artifacts, models: ['linear'] });
  release = await readRelease(artifacts);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('counts all rows of a release, be the cells of its numbers those of some', async () => {
  const missing = learned.filter(([area]) => area === '').length;
  for (const drawn of [400, 60]) {
    const told: number[] = [];
    const reference = await referenceOf(release, { drawn, onRows: (rows) => told.push(rows) });
    expect(reference).toMatchObject({ rows: 400, effectiveRows: 400, scale: 1 });
    const [area, heating] = ['area', 'heating'].map((name) => reference?.profiles.get(name));
    expect(area).toBeInstanceOf(NumberProfile);
    expect(area).toMatchObject({ missing, known: 400 - missing });
    const levels = (heating as LevelProfile).counts;
    for (const level of ['gas', 'heat pump', 'none'])
      expect(levels.get(level)).toBe(learned.filter(([, , each]) => each === level).length);
  }
});

it('finds no drift of a release from itself by the cells of few rows, and finds what has moved', async () => {
  const [all, some] = [await referenceOf(release), await referenceOf(release, { drawn: 60 })];
  if (!all || !some) throw new Error('the release has its rows');
  const moved = new Map(some.profiles);
  const area = some.profiles.get('area') as NumberProfile;
  const later = new NumberProfile(area.cells);
  for (const [value] of learned) if (value !== '') later.add(Number(value) + 100, 1);
  moved.set('area', later);
  const shiftOf = (profiles: typeof moved) =>
    compareColumns(houses, some, { profiles, scale: 1 }).columns.get('area')?.shift;
  expect(shiftOf(new Map(some.profiles))).toMatchObject({ isSignificant: false });
  expect(shiftOf(moved)).toMatchObject({ isSignificant: true });
});

it('refuses rows that are not as they were written', async () => {
  const file = join(release.path, fileNames.data);
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, whole.replace('gas', 'sag'));
  const edited = await readRelease(artifacts);
  await expect(referenceOf(edited)).rejects.toThrow(`${fileNames.data} of release ${release.id} was edited`);
  writeFileSync(file, whole);
  // What was found of a release that was read is remembered with it.
  await expect(referenceOf(edited)).rejects.toThrow('was edited');
  expect(await referenceOf(await readRelease(artifacts))).toMatchObject({ rows: 400 });
});
