import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { houseHeader, houseRows, writeHouses } from '../houses.ts';
import { recorded } from '../ml/release/migrations/recorded.ts';
import { temporaryFolder } from '../temporary.ts';
import { json, run, trainedFolder } from './house-folder.ts';

/** Houses whose prices do not follow exactly. */
const rows = houseRows(200).map((row, i) => row.replace(/\d+$/, (price) => String(Number(price) + ((i * 29) % 23))));
const { at, predict } = trainedFolder((folder) => writeHouses(folder, rows));

const record = '{"area": 200, "rooms": null, "heating": "heat pump"}';

test('--explain tells of a record how sure the prediction is and what made it, and writes what the API answers', async () => {
  const { code, stdout } = await predict('--record', record, '--explain', '--json', at('a.json'));
  const { prediction, interval, base, contributions, ...rest } = json(at('a.json'));
  expect(code).toBe(0);
  expect(rest).toEqual({
    method: 'exact',
    outside: expect.any(Array),
    target: 'price',
    release: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
  expect(Object.keys(contributions).sort()).toEqual(['area', 'heating', 'rooms']);
  const sum = Object.values(contributions as Record<string, number>).reduce((total, each) => total + each, base);
  expect(sum).toBeCloseTo(prediction, 9);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^Price: 4\d\d[.\d]* k€ \(release \w+\)$/);
  expect(lines[1]).toMatch(/^In nine of ten cases the true value is [\d.]+ to [\d.]+ k€\.$/);
  expect(lines[1]).toContain(String(Number(interval[0].toPrecision(5))));
  expect(lines[3]).toMatch(/^On average the model predicts [\d.]+ k€\. From there:$/);
  expect(lines[4]).toMatch(/^ {2}field +value +contribution$/);
  expect(lines[5]).toMatch(/^ {2}area +200 +\+[\d.]+ {2}█{20}$/);
  expect(lines[6]).toMatch(/^ {2}heating +heat pump +\+[\d.]+ {2}█+$/);
  expect(lines[7]).toMatch(/^ {2}rooms +not known +[+-]?[\d.]+/);
});

test('flags are explained too, and what lies outside of what was learned is told', async () => {
  const { stdout } = await predict('--area', '500', '--rooms', '3', '--heating', 'gas', '--explain');
  expect(stdout).toMatch(/The model has not learned from records like this one, so that .* narrow:\n {2}\S.*500/);
});

test('--interval alone adds a line', async () => {
  const { stdout } = await predict('--record', record, '--interval', '--json', at('a.json'));
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(Object.keys(json(at('a.json')))).toEqual(['prediction', 'interval', 'target', 'release']);
});

test('a CSV gains the columns that are asked for, and a row that cannot be predicted leaves them empty', async () => {
  writeFileSync(at('in.csv'), `${houseHeader}\n83,1,gas,\n83,1,oil,\n500,1,gas,\n`);
  const paths = ['--csv', at('in.csv'), '--out', at('out.csv'), '--json', at('a.json')];
  const { code } = await predict(...paths, '--interval', '--explain');
  expect(code).toBe(0);
  const [header, first = [], second, third = []] = readFileSync(at('out.csv'), 'utf8')
    .split('\n')
    .map((line) => line.split(','));
  const added = ['prediction', 'prediction_low', 'prediction_high', 'base'];
  const contributions = ['contribution_area', 'contribution_rooms', 'contribution_heating'];
  expect(header).toEqual([...houseHeader.split(','), ...added, ...contributions, 'outside', 'problem']);
  const [prediction = 0, low = 0, high = 0, base = 0, ...parts] = first.slice(4, 11).map(Number);
  expect(low).toBeLessThan(prediction);
  expect(high).toBeGreaterThan(prediction);
  expect(parts.reduce((sum, part) => sum + part, base)).toBeCloseTo(prediction, 9);
  expect(first.slice(11)).toEqual(['', '']);
  expect(second?.slice(4, 12)).toEqual(Array(8).fill(''));
  expect(third[11]).not.toBe('');
  expect(json(at('a.json'))).toMatchObject({
    column: 'prediction',
    added: { prediction_low: 'prediction_low', contribution_heating: 'contribution_heating', outside: 'outside' },
  });
});

test('--help shows both', async () => {
  const { stdout } = await run('predict', '--help');
  expect(stdout).toContain('--out predicted.csv --interval --explain');
  expect(stdout).toContain('--interval adds the columns prediction_low and prediction_high');
});

describe('of a release of an older format', () => {
  let artifacts: string;
  let first: string;
  beforeAll(() => {
    const release = recorded('format-4/linear');
    artifacts = release.artifacts;
    first = JSON.stringify(release.answers[0]?.record);
  });

  test('there is an explanation without an interval', async () => {
    const { code, stdout } = await run('predict', '--artifacts', artifacts, '--record', first, '--explain');
    expect(code).toBe(0);
    expect(stdout).toContain('How far it may be off is not known of this release.');
    expect(stdout).toContain('contribution');
  });

  test('an interval is refused, of a record and of a CSV, with what to do', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/in.csv`, `${houseHeader}\n100,3,gas,\n`);
    for (const what of [
      ['--record', first],
      ['--csv', `${folder}/in.csv`, '--out', `${folder}/out.csv`],
    ]) {
      const { code, stderr } = await run('predict', '--artifacts', artifacts, ...what, '--interval');
      expect(code).toBe(1);
      expect(stderr).toMatch(/has no intervals, since an older version .*Train again \(npm run train\)/);
    }
  });
});
