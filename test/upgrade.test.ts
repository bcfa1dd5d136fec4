// What docs/operate/upgrading.md promises: a clone of an older Plumbline, with a data set of its own, takes this version by a merge
// without a conflict, and from then on trains and ships its own data set by it.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { houses, writeHouses } from './houses.ts';
import { makeFolder } from './temporary.ts';

const root = join(import.meta.dirname, '..');
const folder = makeFolder();
const upstream = join(folder, 'plumbline');
const clone = join(folder, 'scores');
const author = ['-c', 'user.name=Reader', '-c', 'user.email=reader@localhost', '-c', 'commit.gpgsign=false'];

const git = (where: string, ...args: string[]) =>
  execFileSync('git', ['-C', where, ...author, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** The files of this version, as a commit would have them. */
const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

function commit(where: string, message: string): void {
  git(where, 'add', '--all');
  git(where, 'commit', '--quiet', '--message', message);
}

function edit(where: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(where, path), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${path} was not changed`);
  writeFileSync(join(where, path), changed);
}

function bringThisVersion(): void {
  for (const path of files) {
    mkdirSync(dirname(join(upstream, path)), { recursive: true });
    cpSync(join(root, path), join(upstream, path));
  }
}

const format = Number(/RELEASE_FORMAT = (\d+)/.exec(readFileSync(join(root, 'ml/release/manifest.ts'), 'utf8'))?.[1]);

/** A format so old that this version does not read it. */
const UNREADABLE = 1;

/** What this version would have been some time ago, where the files lie that most often change. */
function makeOlder(): void {
  edit(upstream, 'package.json', (text) => text.replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
  edit(upstream, 'package.json', (text) => text.replace(/"zod": "[^"]+"/, '"zod": "^4.0.0"'));
  edit(upstream, 'package.json', (text) =>
    text.replace(/\n {4}"yaml": .*/, '').replace(/(\^[\d.]+"),(\n {2}\}\n\}\s*)$/, '$1$2'),
  );
  edit(upstream, 'package-lock.json', (text) => text.replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
  edit(upstream, 'cdk.json', (text) => text.replace(/\n.*"@aws-cdk\/[^\n]*(\n.*)(\n {2}\})/, '$1$2'));
  edit(upstream, 'CHANGELOG.md', (text) => text.slice(0, text.indexOf('\n## ') + 1));
  edit(upstream, 'README.md', (text) => text.replaceAll('release', 'model'));
  edit(upstream, 'ml/release/manifest.ts', (text) =>
    text.replace(`RELEASE_FORMAT = ${format}`, `RELEASE_FORMAT = ${UNREADABLE}`),
  );
}

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: clone, encoding: 'utf8', env: { ...process.env, DATASET: '', ARTIFACTS: '' } });
const train = () =>
  run(process.execPath, 'cli/plumbline.ts', 'train', '--no-tune', '--if-missing', '--models', 'linear');
const manifest = () => JSON.parse(readFileSync(join(clone, 'artifacts/houses/current/manifest.json'), 'utf8'));

beforeAll(() => {
  mkdirSync(upstream);
  git(upstream, 'init', '--quiet', '--initial-branch', 'main');
  bringThisVersion();
  makeOlder();
  commit(upstream, 'An older version');

  git(folder, 'clone', '--quiet', '--origin', 'plumbline', upstream, clone);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  // Ignored as a folder, not as the link that it is here.
  writeFileSync(join(clone, '.git/info/exclude'), 'node_modules\n');
  mkdirSync(join(clone, 'data/houses'));
  writeHouses(join(clone, 'data/houses'));
  writeFileSync(join(clone, 'data/houses/dataset.json'), JSON.stringify(houses));
  run('npm', 'pkg', 'set', 'plumbline.dataset=data/houses');
  edit(clone, 'cdk.json', (text) => text.replace('"context": {', '"context": {\n    "github": "acme/scores",'));
  commit(clone, 'Our own data set');
  train();
  expect(manifest().format).toBe(UNREADABLE);

  bringThisVersion();
  commit(upstream, 'This version');
});

test('an older clone with its own data set merges this version, keeps what is its own, and trains anew', () => {
  git(clone, 'fetch', '--quiet', 'plumbline');
  git(clone, 'merge', '--quiet', '--no-edit', 'plumbline/main');
  const own = ['cdk.json', 'data/houses/dataset.json', 'data/houses/houses.csv', 'package.json'];
  expect(git(clone, 'diff', '--name-only', 'plumbline/main').split('\n').sort()).toEqual(own);

  const { status, stderr } = train();
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining(`format ${UNREADABLE}`) });
  const { versions, dataset } = manifest();
  expect([manifest().format, versions.plumbline, dataset.name]).toEqual([
    format,
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    houses.name,
  ]);
});
