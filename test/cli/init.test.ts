import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { json, run } from './house-folder.ts';

const cities = ['Graz', 'Linz', 'Wien'];

/** Flats as a spreadsheet of Austria writes them. */
const lines = (count: number, more: readonly string[] = cities) => [
  'Nr.;Fläche (m2);Ort;Balkon;Verkauft am;Preis in EUR',
  ...Array.from({ length: count }, (_, i) => {
    const area = 30 + ((i * 37) % 90);
    const sold = `${1 + (i % 28)}.${1 + (i % 12)}.2023`;
    return `${i + 1};${area},5;${more[i % more.length]};${i % 3 ? 'ja' : 'nein'};${sold};${area * 41 + (i % 11)},50`;
  }),
];

function flats(count = 120): { file: string; out: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'flats.csv');
  writeFileSync(file, `${lines(count).join('\r\n')}\r\n`, 'latin1');
  return { file, out: join(folder, 'sets/flats') };
}

test('a file becomes a data set, with the reasons', async () => {
  const { file, out } = flats();
  const result = join(out, '../result.json');
  const { code, stdout, stderr } = await run('init', file, '--target', 'preis in eur', '--out', out, '--json', result);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(json(join(out, 'dataset.json'))).toMatchObject({
    name: 'flats',
    title: 'Flats',
    file: 'flats.csv',
    encoding: 'windows-1252',
    delimiter: ';',
    decimal: ',',
    target: 'preis_in_eur',
    columns: [
      { name: 'nr', kind: 'identifier', reason: 'it numbers the rows from 1 on' },
      { name: 'flache_m2', header: 'Fläche (m2)', title: 'Fläche', kind: 'numeric', unit: 'm²' },
      { name: 'ort', title: 'Ort', kind: 'categorical', levels: [...cities, 'other'], other: 'other', unseen: 'other' },
      { name: 'balkon', title: 'Balkon', kind: 'yes_no', yes: 'ja', no: 'nein' },
      { name: 'verkauft_am', title: 'Verkauft am', kind: 'date', format: 'D.M.YYYY' },
      { name: 'preis_in_eur', title: 'Preis', kind: 'numeric', unit: '€' },
    ],
  });
  expect(readFileSync(join(out, 'flats.csv'))).toEqual(readFileSync(file));
  expect(readdirSync(out).sort()).toEqual(['.init.json', 'dataset.json', 'flats.csv']);
  expect(stdout).toContain('nr            identifier       it numbers the rows from 1 on');
  expect(stdout).toContain('npm pkg set plumbline.dataset=');
  expect(json(result)).toMatchObject({ folder: out, rows: 120, decisions: expect.any(Array) });
});

test('without a target it lists what could be one, and writes nothing', async () => {
  const { file, out } = flats();
  const { code, stdout, stderr } = await run('init', file, '--out', out);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/--target "Preis in EUR" {3}the last column; numbers from/);
  expect(existsSync(out)).toBe(false);
});

test('a data set that is there is replaced by force alone', async () => {
  const { file, out } = flats();
  const init = (...more: string[]) => run('init', file, '--target', 'Ort', '--out', out, ...more);
  expect((await init()).code).toBe(0);
  const before = readFileSync(join(out, 'dataset.json'), 'utf8');
  expect(await init('--no-time')).toMatchObject({ code: 1, stderr: expect.stringContaining('is a data set already') });
  expect(readFileSync(join(out, 'dataset.json'), 'utf8')).toBe(before);
  expect((await run('init', file, '--target', 'Balkon', '--out', out, '--force')).code).toBe(0);
  expect(json(join(out, 'dataset.json'))).toMatchObject({ target: 'balkon' });
});

test('an update reads the file again, and keeps every edit', async () => {
  const { file, out } = flats();
  const path = join(out, 'dataset.json');
  await run('init', file, '--target', 'Preis in EUR', '--out', out);
  const edited = json(path);
  edited.title = 'Wohnungen';
  edited.columns[1].title = 'Wohnfläche';
  edited.columns[1].max = 400;
  writeFileSync(path, JSON.stringify(edited));

  const newer = join(temporaryFolder(), 'newer.csv');
  writeFileSync(
    newer,
    lines(200, [...cities, 'Wels'])
      .map((line) => `${line};x`)
      .join('\n'),
    'latin1',
  );
  const { code, stdout } = await run('init', newer, '--update', '--out', out);
  expect(code).toBe(0);
  const updated = json(path);
  expect(updated).toMatchObject({ title: 'Wohnungen', file: 'newer.csv', encoding: 'windows-1252' });
  expect(updated.columns[1]).toMatchObject({ title: 'Wohnfläche', max: 400 });
  expect(updated.columns[2].levels).toContain('Wels');
  expect(updated.columns[6]).toMatchObject({ kind: 'constant' });
  expect(stdout).toContain('New in the declaration:');
  expect(stdout).toContain('Wels');

  expect(await run('init', '--update', '--out', out, '--target', 'Ort')).toMatchObject({ code: 2 });
  expect(await run('init', '--update', '--out', out)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing has changed'),
  });
});

test.each([
  ['no file', [], 2, 'init takes a file'],
  ['a file that is not there', ['nowhere.csv', '--target', 'x'], 1, 'nowhere.csv does not exist'],
  ['no such column', ['FILE', '--target', 'rent'], 2, '--target rent names no column; there are: Nr., Fläche'],
])('%s is told in a sentence', async (_, args, code, message) => {
  const { file, out } = flats(30);
  const given = args.map((arg) => (arg === 'FILE' ? file : arg));
  expect(await run('init', ...given, '--out', out)).toMatchObject({
    code,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});
