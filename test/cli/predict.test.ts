import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { houseHeader } from '../houses.ts';
import { json, run, trainedFolder } from './house-folder.ts';

const { at, predict } = trainedFolder();

/** Numbers whose target `y` follows from the others. */
const writeNumbers = (names: readonly string[], rows: readonly string[]) => (folder: string) => {
  const columns = [...names, 'y'].map((name) => ({ name, title: name.toUpperCase(), kind: 'numeric' }));
  const declaration = { name: 'numbers', title: 'Numbers', file: 'c.csv', target: 'y', columns };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, 'c.csv'), [[...names, 'y'].join(','), ...rows].join('\n'));
  return folder;
};

describe('a negative value', () => {
  const cold = trainedFolder(
    writeNumbers(
      ['t'],
      Array.from({ length: 40 }, (_, i) => `${i - 20},${3 * i}`),
    ),
  );

  test.each([['--t', '-5'], ['--t=-5'], ['--t', '-5e0'], ['--t=-0.5e1']])('is taken: %s %s', async (...flags) => {
    expect(await cold.predict(...flags)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Y: 45 /) });
  });
});

describe('a field that is called like an option', () => {
  const odd = trainedFolder(
    writeNumbers(
      ['json', 'help'],
      Array.from({ length: 40 }, (_, i) => `${i},${(i * 7) % 11},${i + 2 * ((i * 7) % 11)}`),
    ),
  );

  test('is given by --record', async () => {
    expect(await odd.predict()).toMatchObject({ code: 2, stderr: expect.stringMatching(/--json .*by --record only/) });
    expect((await odd.predict('--help=3', '--json', odd.at('7'))).stderr).toContain('the field json has no flag');
    expect(existsSync(odd.at('7'))).toBe(false);
    expect((await odd.predict('--record', '{"json": 3, "help": 4}')).stdout).toMatch(/^Y: 11 /);
  });
});

test('what goes to the standard output goes there alone', async () => {
  writeFileSync(at('in.csv'), `${houseHeader}\n100,3,gas,\n`);
  const { stdout, stderr } = await predict('--csv', at('in.csv'), '--out', '/dev/stdout');
  expect(stdout).toMatch(/^area,rooms,heating,price,prediction\n100,3,gas,,21[45][.\d]*\n$/);
  expect(stderr).toContain('1 predictions of price');
});

test('bytes on the command line that are not UTF-8 are refused', () => {
  const script = `exec "$0" cli/plumbline.ts predict --artifacts "$1" --record "$(printf '{"heating": "g\\351s"}')"`;
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, at('artifacts')], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('bytes that are not UTF-8');
});

test('a row that cannot be predicted is marked and told; --strict refuses', async () => {
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
  expect(await predict('--record', record)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});
