import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { houses, writeHouses } from './houses.ts';
import { copyProject } from './project.ts';
import { makeFolder } from './temporary.ts';

// A project of its own, with data sets of its own.
const project = makeFolder();
const at = (...path: string[]) => join(project, ...path);

beforeAll(() => {
  copyProject(project);
  for (const name of ['data/houses', 'data/flats', 'data/villas', 'elsewhere/flats']) writeDataset(name);
  writeFileSync(at('cars.csv'), 'speed\n1\n');
  mkdirSync(at('data/empty'));
  setInPackage('data/houses');
});

/** Houses under a title of their own, by which their releases are told apart. */
function writeDataset(name: string): void {
  mkdirSync(at(name), { recursive: true });
  writeHouses(at(name));
  writeFileSync(at(name, 'dataset.json'), JSON.stringify({ ...houses, title: `Those of ${name}` }));
}

function setInPackage(dataset: unknown): void {
  const { plumbline: _, ...others } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  writeFileSync(at('package.json'), JSON.stringify({ ...others, ...(dataset ? { plumbline: { dataset } } : {}) }));
}

function run(environment: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, DATASET: '', ARTIFACTS: '', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const train = (environment: Record<string, string>, ...args: string[]) =>
  run(environment, 'cli/plumbline.ts', 'train', '--no-tune', '--models', 'linear', ...args);

/** Of which data set the release in use is in a folder. */
const titleIn = (artifacts: string): string =>
  JSON.parse(readFileSync(at(artifacts, 'current/manifest.json'), 'utf8')).dataset.title;

describe('what names the data set', () => {
  test.each([
    ['package.json', {}, [], 'houses'],
    ['DATASET, which wins over it', { DATASET: 'data/flats' }, [], 'flats'],
    ['--dataset, which wins over both', { DATASET: 'data/flats' }, ['--dataset', 'data/villas'], 'villas'],
    ['DATASET by a bare name', { DATASET: 'villas' }, [], 'villas'],
    ['package.json where DATASET is blank', { DATASET: ' ' }, [], 'houses'],
  ])('%s', (_, environment, args, name) => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    expect(run(environment, 'cli/plumbline.ts', 'releases', ...args)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`There is no release in artifacts/${name} yet`),
    });
  });

  test.each([
    ['package.json', {}, 'houses'],
    ['DATASET', { DATASET: 'data/flats' }, 'flats'],
  ])('and what is trained on: %s', (_, environment, name) => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    expect(train(environment)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`in artifacts/${name}/`),
    });
    expect(readdirSync(at('artifacts'))).toEqual([name]);
    expect(titleIn(`artifacts/${name}`)).toBe(`Those of data/${name}`);
  });

  test.each([
    [
      { DATASET: 'data/cars' },
      /DATASET names the data set data\/cars, but there is no data\/cars\. .*data\/flats, data\/houses/,
    ],
    [{ DATASET: 'cars' }, /there is no cars and no data\/cars/],
    [{ DATASET: 'cars.csv' }, /DATASET takes the folder that holds dataset\.json, and cars\.csv is a file/],
    [{ DATASET: 'empty' }, /data\/empty holds no dataset\.json, which declares the columns/],
  ])('%j is refused, with what there is', (environment, message) => {
    expect(train(environment)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
  });

  test.each([undefined, '', 7])('%j in package.json is refused, with what to write', (dataset) => {
    setInPackage(dataset);
    expect(train({})).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('package.json should have "plumbline": { "dataset": "data/NAME" }'),
    });
    setInPackage('data/houses');
  });
});

describe('the releases of a data set', () => {
  test('are its own: of two after another each keeps its own, and is what is predicted with', () => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    train({});
    const first = readlinkSync(at('artifacts/houses/current'));
    train({ DATASET: 'flats' });
    expect(readlinkSync(at('artifacts/houses/current'))).toBe(first);
    const releaseOf = (environment: Record<string, string>, ...args: string[]) =>
      /of release (\w+)/.exec(run(environment, 'cli/plumbline.ts', 'predict', ...args).stderr)?.[1];
    expect(releaseOf({})).toBe(first);
    expect(releaseOf({}, '--dataset', 'flats')).toBe(readlinkSync(at('artifacts/flats/current')));
    expect(run({ DATASET: 'villas' }, 'app/server.ts').stderr).toContain(
      'there is no release in artifacts/villas yet. Train one',
    );
  });

  test('are never those of another one whose folder has the same name', () => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    train({ DATASET: 'flats' });
    const current = readlinkSync(at('artifacts/flats/current'));
    const refused =
      /artifacts\/flats holds the releases of data\/flats, not those of .*elsewhere\/flats\. Name a folder/;
    const other = { DATASET: 'elsewhere/flats' };
    for (const args of [
      ['cli/plumbline.ts', 'train', '--no-tune'],
      ['cli/plumbline.ts', 'train', '--no-tune', '--if-missing'],
      ['cli/plumbline.ts', 'predict'],
      ['app/server.ts'],
    ])
      expect(run(other, ...args), args.join(' ')).toMatchObject({ status: 1, stderr: expect.stringMatching(refused) });
    expect(readlinkSync(at('artifacts/flats/current'))).toBe(current);
    expect(train({ ...other, ARTIFACTS: 'artifacts/others' }).status).toBe(0);
    expect(titleIn('artifacts/others')).toBe('Those of elsewhere/flats');
  });

  test('stay its own where the project or the data set is called by another path', () => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    train({ DATASET: 'flats' });
    expect(train({ DATASET: at('data/flats') }).status).toBe(0);
    const moved = `${project}-moved`;
    cpSync(project, moved, { recursive: true, verbatimSymlinks: true });
    const env = { ...process.env, DATASET: 'data/flats', ARTIFACTS: '' };
    const { status, stderr } = spawnSync(process.execPath, ['cli/plumbline.ts', 'train', '--no-tune', '--if-missing'], {
      cwd: moved,
      env,
    });
    rmSync(moved, { recursive: true });
    expect(status, String(stderr)).toBe(0);
  });

  test('are told apart from what the folder held before it was overwritten', () => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    train({ DATASET: 'flats' });
    const first = readlinkSync(at('artifacts/flats/current'));
    expect(train({ DATASET: 'flats' }, '--if-missing')).toEqual({ status: 0, stdout: '', stderr: '' });
    writeFileSync(at('data/flats/dataset.json'), JSON.stringify({ ...houses, title: 'Others', target: 'area' }));
    expect(train({ DATASET: 'flats', ARTIFACTS: 'artifacts/flats' }, '--if-missing').stdout).toBe('');
    expect(readlinkSync(at('artifacts/flats/current'))).toBe(first);
    expect(train({ DATASET: 'flats' }, '--if-missing').stderr).toContain('data/flats is declared otherwise');
    expect(titleIn('artifacts/flats')).toBe('Others');
    writeDataset('data/flats');
  });

  test('are none where the threshold holds a candidate back, and nothing is left where the data is wrong', () => {
    rmSync(at('artifacts'), { recursive: true, force: true });
    writeFileSync(at('data/villas/houses.csv'), 'area\n1\n');
    expect(train({ DATASET: 'villas' }).status).toBe(1);
    expect(existsSync(at('artifacts'))).toBe(false);
    writeDataset('data/villas');
    expect(train({ DATASET: 'villas' }, '--models', 'mean,knn', '--threshold', '1').status).toBe(1);
    expect(existsSync(at('artifacts/villas/current'))).toBe(false);
    expect(run({ DATASET: 'villas' }, 'app/server.ts').stderr).toContain('there is no release in artifacts/villas yet');
  });
});
