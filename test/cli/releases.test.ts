import { cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { train } from '../../ml/pipeline/train.ts';
import { readRelease } from '../../ml/release/read.ts';
import { houses, writeHouses } from '../houses.ts';
import { makeFolder, temporaryFolder } from '../temporary.ts';
import { json, run } from './house-folder.ts';

const original = makeFolder();
const params = { decision_tree: { max_depth: 2 } };
/** A release, the better one that replaced it, and the first again, which was held back. */
let first: string;
let second: string;
let third: string;

beforeAll(async () => {
  const options = { dataset: writeHouses(original), artifacts: join(original, 'artifacts') };
  const tree = { ...options, models: ['decision_tree'], params, threshold: 0 };
  first = (await train(tree)).release as string;
  second = (await train({ ...options, models: ['linear'] })).release as string;
  await train({ ...tree, params: { decision_tree: { max_depth: 1 } } });
  third = (await readRelease(join(original, 'artifacts/held-back'))).id;
});

/** A copy of the releases, and how commands are told of it. */
function copy() {
  const folder = temporaryFolder();
  cpSync(original, folder, { recursive: true, verbatimSymlinks: true });
  const at = (name: string) => join(folder, name);
  const place = ['--dataset', folder, '--artifacts', at('artifacts')];
  const releases = (...args: string[]) => run('releases', ...args, ...place);
  const current = async () => (await readRelease(at('artifacts'))).id;
  return { folder, at, releases, current };
}

describe('releases', () => {
  test('lists them, the newest first, and says which one is in use', async () => {
    const { at, releases } = copy();
    const { code, stdout } = await releases('--json', at('list.json'));
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^release +written \(UTC\) +model +rows +held out +verdict$/);
    expect(stdout).toMatch(
      new RegExp(`^\\* +${second} +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +linear +60 +R² 1\\.0000 +released$`, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^ +${first} .* decision_tree +60 +R² 0\\.\\d{4} +released$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ +${third} .* held back$`, 'm'));
    const list = json(at('list.json'));
    const times = list.map(({ written }: { written: string }) => written);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(Object.fromEntries(list.map(({ id, state }: { id: string; state: string }) => [id, state]))).toEqual({
      [first]: 'kept',
      [second]: 'in use',
      [third]: 'held back',
    });
    expect(list.find(({ id }: { id: string }) => id === second)).toMatchObject({
      rows: 60,
      model: 'linear',
      holdout: { r2: expect.closeTo(1, 9) },
      verdict: 'released',
      reason: expect.stringContaining(`release ${first}, which was in use`),
    });
    expect((await releases('list')).stdout).toBe(stdout);
  });

  test('lists what cannot be read with the reason, and says where there is none', async () => {
    const { at, releases } = copy();
    writeFileSync(at(`artifacts/${first}/manifest.json`), '{"format": 99}');
    const { stdout } = await releases();
    expect(stdout).toMatch(new RegExp(`${first} .* cannot be read: release ${first} has format 99; `));
    const empty = temporaryFolder();
    const none = await run('releases', '--dataset', original, '--artifacts', empty);
    expect(none).toMatchObject({ code: 0, stdout: `There is no release in ${empty} yet. Train one: npm run train\n` });
  });

  test('says which commands there are', async () => {
    const { stdout } = await run('releases', '--help');
    for (const command of ['list', 'show', 'compare', 'promote', 'rollback']) expect(stdout).toContain(`  ${command} `);
    const { code, stderr } = await run('releases', 'promot', 'x');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'there is no command "promot"; there are: list, show, compare, promote, rollback',
      ),
    });
  });
});

describe('releases show', () => {
  test('shows what a release was made from, what came of it, and that its files are whole', async () => {
    const { at, releases } = copy();
    const { code, stdout } = await releases('show', second.slice(0, 6), '--json', at('shown.json'));
    expect(code).toBe(0);
    expect(stdout).toContain(`Release ${second}, in use\n`);
    expect(stdout).toMatch(/^ {2}files +as they were written$/m);
    expect(stdout).toMatch(/^ {2}verdict +released: linear has R² 1\.0000 .* up to 0\.01 worse is tolerated$/m);
    expect(stdout).toMatch(/^ {2}data +House prices: 60 rows, 48 learned from, 12 held out$/m);
    expect(json(at('shown.json'))).toMatchObject({
      id: second,
      state: 'in use',
      problem: null,
      manifest: { seed: 42 },
    });
    expect((await releases('show', 'current')).stdout).toBe(stdout);
    expect((await releases('show', third)).stdout).toMatch(/^ {2}verdict +held back: on the same 12 held-out rows/m);
  });

  test('says what of it is damaged', async () => {
    const { at, releases } = copy();
    truncateSync(at(`artifacts/${first}/model.json`), 9);
    expect((await releases('show', first)).stdout).toMatch(/^ {2}files +model\.json of release \w+ is truncated/m);
    truncateSync(at(`artifacts/${first}/manifest.json`), 9);
    expect(await releases('show', first)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('truncated or not JSON'),
    });
  });
});

describe('releases compare', () => {
  test('tells the difference on the same held-out rows with its interval, and what differs', async () => {
    const { at, releases } = copy();
    const { code, stdout } = await releases('compare', first, 'current', '--json', at('compared.json'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^On the same 12 held-out rows release ${second} has R² 1\\.0000, and release ${first} R² 0\\.\\d{4}: ` +
          'a difference of \\+0\\.\\d{4} \\(95 % confidence interval \\+0\\.\\d{4} to \\+0\\.\\d{4}\\)\\.$',
        'm',
      ),
    );
    expect(stdout).toMatch(/^model\.0\.model +decision_tree +linear$/m);
    expect(stdout).toMatch(/^model\.0\.params\.max_depth +2 +–$/m);
    expect(stdout).toMatch(/^threshold +0 +0\.6$/m);
    expect(stdout).not.toMatch(/^(seed|data\.)/m);
    const compared = json(at('compared.json'));
    expect(compared).toMatchObject({ first, second, comparison: { status: 'compared', rows: 12, basis: 'new' } });
    expect(compared.differences).toContainEqual({ what: 'threshold', first: 0, second: 0.6 });
    const { stdout: same } = await releases('compare', second, second);
    expect(same).toMatch(
      /a difference of \+0\.0000 \(95 % confidence interval \+0\.0000 to \+0\.0000\)\.\n\nThey were made from the same\.\n$/,
    );
  });

  test('says why where the rows are not there', async () => {
    const { at, releases } = copy();
    for (const name of ['data.csv', 'train.csv', 'test.csv']) rmSync(at(`artifacts/${second}/${name}`));
    expect((await releases('compare', first, second)).stdout).toContain(
      `release ${first}: release ${second} lacks the rows that were held out.`,
    );
    // Split alike, which the manifest tells.
    expect((await releases('compare', second, first)).stdout).toContain('n the same 12 held-out rows');
  });
});

describe('releases promote and rollback', () => {
  test('put another release into use, and go back', async () => {
    const { at, releases, current } = copy();
    const promoted = await releases('promote', first.slice(0, 8), '--json', at('promoted.json'));
    expect(promoted).toMatchObject({
      code: 0,
      stdout: `Release ${first} is in use, in place of ${second}.\nA server that runs on this machine takes it up by itself.\n`,
    });
    expect(json(at('promoted.json'))).toEqual({ release: first, before: second });
    expect(await current()).toBe(first);
    expect((await releases('promote', first)).stdout).toBe(`Release ${first} is in use already.\n`);
    expect((await releases('rollback')).stdout).toContain(`Release ${second} is in use, in place of ${first}.`);
    expect((await releases('rollback')).stdout).toContain(`Release ${first} is in use, in place of ${second}.`);
    expect(await releases('rollback')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`no release is known to have been in use before ${first}`),
    });
    expect(await current()).toBe(first);
  });

  test('refuse what is damaged, was held back, or is of another data set', async () => {
    const { at, folder, releases, current } = copy();
    truncateSync(at(`artifacts/${first}/model.json`), 9);
    expect(await releases('promote', first)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is truncated'),
    });
    expect(await releases('rollback')).toMatchObject({ code: 1, stderr: expect.stringContaining('is truncated') });
    expect(await releases('promote', third)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/was held back: on the same 12 .* train it again with --force/),
    });
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ ...houses, name: 'flats' }));
    expect(await releases('promote', second)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('predicts price of houses, not price of flats, and is not put into use here'),
    });
    expect(await current()).toBe(second);
  });

  test('note that a release was declared otherwise', async () => {
    const { folder, releases } = copy();
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ ...houses, title: 'Prices' }));
    expect((await releases('promote', first)).stdout).toContain(
      'Note: houses was declared otherwise when it was trained',
    );
  });

  test('know a folder of releases that is named alone by the release in use', async () => {
    const { at, current } = copy();
    // DATASET is another one in the tests.
    expect(await run('releases', 'promote', first, '--artifacts', at('artifacts'))).toMatchObject({ code: 0 });
    expect(await current()).toBe(first);
  });
});

test.each([
  ['xyz', 'no release begins with "xyz"; there are: '],
  ['', 'no release begins with ""; there are: '],
])('a release that is named as %j is known by no command', async (name, told) => {
  const { releases } = copy();
  expect(await releases('show', name)).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
});

test('the beginning of two ids names neither', async () => {
  const { at, releases } = copy();
  const twin = `${second.slice(0, 6)}${'0'.repeat(6)}`;
  mkdirSync(at(`artifacts/${twin}`));
  expect(await releases('promote', second.slice(0, 6))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`2 releases begin with ${second.slice(0, 6)}: `),
  });
});
