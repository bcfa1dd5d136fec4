import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processName } from '../../../ml/core/process-name.ts';
import { forgetOldSearches, takeFolder } from '../../../ml/pipeline/search-folder.ts';
import { temporaryFolder } from '../../temporary.ts';

const any = async () => true;
const none = async () => false;
/** A process that has ended: its number was given to this one. */
const ended = processName().replace(/\d+$/, (start) => String(Number(start) + 1));
const elsewhere = '00000000-1-1';

test('a folder has one owner at a time; the next search has one of its own', async () => {
  const path = join(temporaryFolder(), 'searches', 'abc');
  const first = await takeFolder(path, any);
  const second = await takeFolder(path, any);
  expect([first?.path, second?.path]).toEqual([path, `${path}-2`]);
  await first?.giveBack();
  expect((await takeFolder(path, any))?.path).toBe(path);
});

test('who has ended has no folder; who may run elsewhere keeps it for a day', async () => {
  const path = join(temporaryFolder(), 'abc');
  mkdirSync(path);
  writeFileSync(join(path, 'lock'), ended);
  const taken = await takeFolder(path, any);
  expect(taken?.path).toBe(path);
  await taken?.giveBack();
  writeFileSync(join(path, 'lock'), elsewhere);
  expect((await takeFolder(path, any))?.path).toBe(`${path}-2`);
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
  utimesSync(join(path, 'lock'), twoDaysAgo, twoDaysAgo);
  expect((await takeFolder(path, any))?.path).toBe(path);
});

test('of folders that are free one that will do is taken, and where none will nothing is left', async () => {
  const searches = temporaryFolder();
  const path = join(searches, 'abc');
  expect(await takeFolder(path, none)).toBeUndefined();
  expect(readdirSync(searches)).toEqual([]);
  mkdirSync(path);
  mkdirSync(`${path}-2`);
  const wanted = await takeFolder(path, async (own) => own.endsWith('-2'));
  expect(wanted?.path).toBe(`${path}-2`);
  expect(readdirSync(path)).toEqual([]);
});

test('the twenty newest searches are kept, and those that may still run', async () => {
  const searches = temporaryFolder();
  for (let age = 0; age < 25; age++) {
    const folder = join(searches, `search-${age}`);
    mkdirSync(folder);
    if (age === 22) writeFileSync(join(folder, 'lock'), processName());
    if (age === 23) writeFileSync(join(folder, 'lock'), ended);
    utimesSync(folder, 1e9 - age, 1e9 - age);
  }
  await forgetOldSearches(searches);
  const left = Array.from({ length: 20 }, (_, age) => `search-${age}`);
  expect(new Set(readdirSync(searches))).toEqual(new Set([...left, 'search-22']));
});
