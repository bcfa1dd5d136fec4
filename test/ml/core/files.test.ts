import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { isSameFile } from '../../../ml/core/destination.ts';
import { writeTextFile } from '../../../ml/core/files.ts';
import { temporaryFolder } from '../../temporary.ts';

function folder(): (name: string) => string {
  const path = temporaryFolder();
  return (name) => join(path, name);
}

test('a link stays, and what it leads to is replaced, whatever way it leads there', async () => {
  const at = folder();
  mkdirSync(at('real'));
  writeFileSync(at('real/a.csv'), 'old');
  symlinkSync('real', at('alias'));
  symlinkSync('alias/a.csv', at('link'));
  symlinkSync('link', at('linkToLink'));
  await writeTextFile(at('linkToLink'), 'new');
  expect(readlinkSync(at('link'))).toBe('alias/a.csv');
  expect(readlinkSync(at('linkToLink'))).toBe('link');
  expect(readFileSync(at('real/a.csv'), 'utf8')).toBe('new');
  expect(readdirSync(at('real'))).toEqual(['a.csv']);
});

test('a link to nothing is filled', async () => {
  const at = folder();
  symlinkSync('later/b.csv', at('link'));
  await writeTextFile(at('link'), 'new');
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('later/b.csv'), 'utf8')).toBe('new');
});

test('links in a circle are refused', async () => {
  const at = folder();
  symlinkSync('b', at('a'));
  symlinkSync('a', at('b'));
  await expect(writeTextFile(at('a'), 'x')).rejects.toThrow(/ELOOP/);
});

test.each([0o600, 0o640, 0o755])('a file that is replaced keeps its mode %o', async (mode) => {
  const at = folder();
  writeFileSync(at('a'), 'old');
  chmodSync(at('a'), mode);
  await writeTextFile(at('a'), 'new');
  expect(statSync(at('a')).mode & 0o777).toBe(mode);
  expect(readFileSync(at('a'), 'utf8')).toBe('new');
});

test('a folder is no file', async () => {
  await expect(writeTextFile(temporaryFolder(), 'x')).rejects.toThrow(/is a folder; name a file/);
});

test('a pipe is written through, to a reader that comes later too', async () => {
  const at = folder();
  execFileSync('mkfifo', [at('pipe')]);
  const content = 'x'.repeat(300_000);
  const written = writeTextFile(at('pipe'), content);
  const reader = spawn('cat', [at('pipe')]);
  expect((await text(reader.stdout)).length).toBe(content.length);
  await written;
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
});

test('a device is written through', async () => {
  await writeTextFile('/dev/null', 'x');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(existsSync('/dev/null')).toBe(true);
});

test('two names of one file are told, by whatever links', async () => {
  const at = folder();
  writeFileSync(at('a'), '');
  linkSync(at('a'), at('hard'));
  symlinkSync('a', at('soft'));
  symlinkSync('new', at('toNew'));
  for (const [one, other] of [
    ['a', 'hard'],
    ['a', 'soft'],
    ['hard', 'soft'],
    ['new', 'toNew'],
    ['new', `../${basename(at('.'))}/new`],
  ] as const)
    expect(await isSameFile(at(one), at(other)), `${one} ${other}`).toBe(true);
  expect(await isSameFile(at('a'), at('new'))).toBe(false);
  expect(await isSameFile('/dev/null', '/dev/null')).toBe(false);
});
