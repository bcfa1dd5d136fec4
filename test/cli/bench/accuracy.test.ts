import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';
import { bench } from './run-bench.ts';

/**
 * A cache with all that is fetched: packages, and environments whose Python makes a small table of whatever it is asked for,
 * and answers as a peer does; flaml fails.
 */
function folderWithPeers(): string {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    const file = join(folder, 'cache/plumbline', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  write('tables/packages/ISLP-0.6.0/islp.whl', 'a package');
  for (const environment of ['boosters', 'flaml', 'autogluon']) {
    write(`${environment}/installed.txt`, readFileSync(`bench/peers/${environment}.txt`, 'utf8'));
    chmodSync(write(`${environment}/bin/python`, `#!${process.execPath}\n${python}`), 0o755);
  }
  return folder;
}

const python = `
const { readFileSync, writeFileSync } = require('node:fs');
const input = JSON.parse(readFileSync(0, 'utf8'));
const scores = { catboost: 0.5, xgboost: 0.25, 'autogluon-best': 0.75 };
if (process.argv[2].endsWith('prepare.py')) {
  const rows = Array.from({ length: input.table.rows }, (_, i) => (i * 7) % 50 + ',' + (2 * ((i * 7) % 50) + (i % 3)));
  writeFileSync(input.folder + '/data.csv', ['x,y', ...rows, ''].join('\\n'));
  const column = (name) => ({ name, title: name, kind: 'numeric' });
  const { name, title } = input.table;
  const declaration = { name, title, file: 'data.csv', target: 'y', columns: [column('x'), column('y')] };
  writeFileSync(input.folder + '/dataset.json', JSON.stringify(declaration));
} else if (scores[input.peer]) console.log(JSON.stringify({ score: scores[input.peer], ...input }));
else {
  console.error('Traceback\\nno memory for ' + input.peer);
  process.exit(1);
}
`;

const own = { data: 'hitters', task: 'regression', seconds: expect.any(Number) };
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('accuracy', () => {
  test('prints scores and standings, and goes on where it was broken off, trying again what failed', async () => {
    const folder = folderWithPeers();
    const file = join(folder, 'rows.json');
    const args = ['accuracy', '--only', 'hitters', '--seconds', '2', '--json', file];
    const first = await bench([...args, '--peers', 'catboost,flaml'], folder).exit;
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 2: hitters, catboost: R² 0.5000, ') });
    expect(read(file)).toEqual([
      { ...own, peer: 'catboost', budget: null, score: 0.5 },
      { ...own, peer: 'flaml', budget: 2, score: null, reason: 'no memory for flaml' },
    ]);

    const { code, stdout, stderr } = await bench([...args, '--peers', 'xgboost,catboost,flaml'], folder).exit;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('2 to measure, 1 known') });
    expect(read(file).map(({ peer }: { peer: string }) => peer)).toEqual(['catboost', 'xgboost', 'flaml']);
    expect(stdout).toMatch(/^table +xgboost +catboost +flaml\nhitters +0\.2500 +0\.5000 +failed$/m);
    expect(stdout).toMatch(/^catboost +1\.00 +1\.000 +–\nxgboost +2\.00 +0\.000 +–\nflaml +3\.00 +0\.000 +–$/m);
    expect(stdout).toContain('Over 1 table.');
    expect(stdout).toContain('Failed:\n  hitters, flaml: no memory for flaml');

    const again = await bench([...args, '--peers', 'xgboost,catboost', '--again', 'xgboost'], folder).exit;
    expect(again.stderr).toContain('1 to measure, 1 known');
    expect(read(file).map(({ peer }: { peer: string }) => peer)).toEqual(['catboost', 'flaml', 'xgboost']);
  });

  test('trains Plumbline as a user does, and names where a peer is better', async () => {
    const folder = folderWithPeers();
    const file = join(folder, 'rows.json');
    const peers = ['--peers', 'plumbline-long,autogluon-best'];
    const { code, stdout } = await bench(
      ['accuracy', '--only', 'hitters', ...peers, '--seconds', '1', '--json', file],
      folder,
    ).exit;
    expect(code).toBe(0);
    const [ours, theirs] = read(file);
    expect(ours).toEqual({ ...own, peer: 'plumbline-long', budget: 5, score: expect.closeTo(1) });
    expect(theirs).toEqual({ ...own, peer: 'autogluon-best', budget: 5, score: 0.75 });
    expect(stdout).toMatch(/^autogluon-best +2\.00 +0\.000 +1, 0, 0$/m);
    expect(stdout).toMatch(/^Target: no fewer wins than losses, .*: yes$/m);
    expect(stdout).not.toContain('Better than ours');
  });

  test('says what is missing where an environment cannot be installed', async () => {
    const { code, stderr } = await bench(['accuracy', '--only', 'hitters', '--peers', 'catboost']).exit;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('Error: the peers need Python: there is no Python here'),
    });
  });

  test('refuses a file of something else', async () => {
    const file = join(temporaryFolder(), 'rows.json');
    writeFileSync(file, '{}');
    const { code, stderr } = await bench(['accuracy', '--json', file]).exit;
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('name another file') });
  });
});
