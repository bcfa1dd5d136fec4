import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { houseHeader, writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

const run = (...args: string[]) => start(['cli/plumbline.ts', ...args]).exit;
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

async function trained() {
  const folder = writeHouses(temporaryFolder());
  const at = (name: string) => join(folder, name);
  await run('train', '--no-tune', '--dataset', folder, '--artifacts', at('artifacts'), '--models', 'linear');
  return { at, predict: (...args: string[]) => run('predict', '--artifacts', at('artifacts'), ...args) };
}

test.each([['--t', '-5'], ['--t=-5'], ['--t', '-5e0'], ['--t=-0.5e1']])(
  'a negative value is taken: %s %s',
  async (...flags) => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    const columns = [
      { name: 't', title: 'Temperature', kind: 'numeric', min: -40 },
      { name: 'y', title: 'Y', kind: 'numeric' },
    ];
    writeFileSync(
      at('dataset.json'),
      JSON.stringify({ name: 'cold', title: 'Cold', file: 'c.csv', target: 'y', columns }),
    );
    writeFileSync(at('c.csv'), ['t,y', ...Array.from({ length: 40 }, (_, i) => `${i - 20},${3 * i}`)].join('\n'));
    await run('train', '--no-tune', '--dataset', folder, '--artifacts', at('artifacts'), '--models', 'linear');
    expect(await run('predict', '--artifacts', at('artifacts'), ...flags)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Y: 45 /),
    });
  },
);

test('a field that is called like an option is given by --record', async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const columns = ['json', 'help', 'y'].map((name) => ({ name, title: name, kind: 'numeric' }));
  writeFileSync(at('dataset.json'), JSON.stringify({ name: 'odd', title: 'Odd', file: 'c.csv', target: 'y', columns }));
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i * 7) % 11},${i + 2 * ((i * 7) % 11)}`);
  writeFileSync(at('c.csv'), ['json,help,y', ...rows].join('\n'));
  await run('train', '--no-tune', '--dataset', folder, '--artifacts', at('artifacts'), '--models', 'linear');
  const predict = (...args: string[]) => run('predict', '--artifacts', at('artifacts'), ...args);
  expect(await predict()).toMatchObject({ code: 2, stderr: expect.stringMatching(/--json .*by --record only/) });
  expect((await predict('--help=3', '--json', at('7'))).stderr).toContain('the field json has no flag');
  expect(existsSync(at('7'))).toBe(false);
  expect((await predict('--record', '{"json": 3, "help": 4}')).stdout).toMatch(/^y: 11 /);
});

test('what goes to the standard output goes there alone', async () => {
  const { at, predict } = await trained();
  writeFileSync(at('in.csv'), `${houseHeader}\n100,3,gas,\n`);
  const { stdout, stderr } = await predict('--csv', at('in.csv'), '--out', '/dev/stdout');
  expect(stdout).toMatch(/^area,rooms,heating,price,prediction\n100,3,gas,,21[45][.\d]*\n$/);
  expect(stderr).toContain('1 predictions of price');
});

test('bytes on the command line that are not UTF-8 are refused', async () => {
  const { at } = await trained();
  const script = `exec "$0" cli/plumbline.ts predict --artifacts "$1" --record "$(printf '{"heating": "g\\351s"}')"`;
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, at('artifacts')], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('bytes that are not UTF-8');
});

test('a row that cannot be predicted is marked and told; --strict refuses', async () => {
  const { at, predict } = await trained();
  writeFileSync(at('in.csv'), 'area,rooms,heating\n100,3,gas\n50,2,oil\n');
  const files = ['--csv', at('in.csv'), '--out', at('out.csv')];
  const strict = await predict(...files, '--strict');
  expect(strict).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('in.csv has 1 problem; nothing was written'),
  });
  expect(existsSync(at('out.csv'))).toBe(false);
  const { code, stdout, stderr } = await predict(...files, '--json', at('c.json'));
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 predictions of price') });
  expect(stderr).toContain('1 of 2 rows have no prediction; the column problem says why:\n  line 3, heating: "oil"');
  expect(json(at('c.json'))).toMatchObject({
    rows: 2,
    predicted: 1,
    column: 'prediction',
    problem_column: 'problem',
  });
});

test.each([
  [['--csv', 'a', '--out', '/tmp/b', '--json', '/tmp/../tmp/b'], /--json and --out name the same file/],
  [['--csv', '/tmp/b', '--out', '/tmp/b'], /--out and --csv name the same file/],
  [['--csv', '/tmp/b', '--out', '/tmp/c', '--json', '/tmp/b'], /--json and --csv name the same file/],
])('%j is refused before anything is read', async (args, message) => {
  expect(await run('predict', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

test.each([
  ['{"rooms": 123456789012345678}', /--record: 123456789012345678 is a number that would be read as/],
  ['{"rooms": 1, "rooms": 2}', /--record has the key "rooms" twice/],
])('the record %s is refused', async (record, message) => {
  const { predict } = await trained();
  expect(await predict('--record', record)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});
