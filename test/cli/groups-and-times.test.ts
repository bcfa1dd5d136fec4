import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { monthOf, panel, panelHeader, panelRows, shopOf, writePanel } from '../panel.ts';
import { temporaryFolder } from '../temporary.ts';
import { json, run } from './house-folder.ts';

function panelFolder(declaration = panel, rows?: readonly string[]) {
  const folder = writePanel(temporaryFolder(), declaration, rows);
  const at = (name: string) => join(folder, name);
  return { at, options: ['--dataset', folder, '--artifacts', at('artifacts'), '--models', 'linear'] };
}

const rowsIn = (path: string) => readFileSync(path, 'utf8').trim().split('\n').slice(1);

test('a panel is trained on the past of some groups and scored on the future of others', async () => {
  const { at, options } = panelFolder();
  const { code, stdout, stderr } = await run('train', '--no-tune', ...options, '--json', at('training.json'));
  expect(code).toBe(0);
  expect(stderr).toContain('160 rows to learn revenue from, 8 held out');
  expect(stderr).toContain(
    '72 rows are in neither: earlier ones of each shop that is held out, later ones of the others',
  );
  expect(stdout).toContain('Scores are of other groups (shop) than those that were learned from.');
  expect(stdout).toContain('Scores are of later rows (month) than those that were learned from.');
  expect(json(at('training.json'))).toMatchObject({ group: 'shop', time: 'month', folds: 5, chosen: 'linear' });

  const [train, held, all] = ['train', 'test', 'data'].map((name) => rowsIn(at(`artifacts/current/${name}.csv`)));
  // Dates and identifiers are written as they were; revenues lose the zero of "130.0".
  expect(all?.map((row) => row.split(',').slice(0, 2).join())).toEqual(
    panelRows.map((_, row) => `${shopOf(row)},${monthOf(row)}`),
  );
  const column = (rows: readonly string[] | undefined, i: number) => rows?.map((row) => row.split(',')[i]) ?? [];
  const shops = new Set(column(train, 0));
  expect(column(held, 0).filter((shop) => shops.has(shop))).toEqual([]);
  expect(
    column(held, 1)
      .toSorted()[0]
      ?.localeCompare(column(train, 1).toSorted().at(-1) ?? ''),
  ).toBe(1);

  const predict = (...args: string[]) => run('predict', '--artifacts', at('artifacts'), ...args);
  await predict('--month', '2025-01-10', '--area', '100', '--sale', 'no', '--json', at('prediction.json'));
  expect(json(at('prediction.json')).prediction).toBeCloseTo(237.5, 6);
  expect(await predict('--month', '10.1.2025', '--area', '100', '--sale', 'no')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      'month: must be a date as YYYY-MM-DD, from 2020-01-01 to 2029-12-31; write dates as',
    ),
  });
  expect(await predict('--shop', 'x', '--month', '2025-01-10', '--area', '100', '--sale', 'no')).toMatchObject({
    code: 2,
  });
  writeFileSync(at('in.csv'), 'area,month,sale\n100,2025-01-10,no\n100,,yes\n');
  expect((await predict('--csv', at('in.csv'), '--out', at('out.csv'))).code).toBe(0);
  expect(Number(rowsIn(at('out.csv'))[0]?.split(',')[3])).toBeCloseTo(237.5, 6);
  const report = await run('report', '--training', at('training.json'));
  expect(report.stdout).toContain('| the latest by month, whole groups by shop |');
  expect(report.stdout).toMatch(/mean 2024-05-16, deviation 8.* days, median 2024-05-16/);
});

test('rows to hold out that split a group, or are not the latest, are refused', async () => {
  const { at, options } = panelFolder();
  writeFileSync(at('holdout.json'), JSON.stringify([...panelRows.keys()].slice(-40)));
  expect(await run('train', '--no-tune', ...options, '--holdout-rows', at('holdout.json'))).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/the holdout rows split 20 groups: row 200 \(shop N° 000\) is held out, and row 180/),
  });
});

test('a table of a single group, or time, cannot be split, and says so', async () => {
  const oneShop = panelRows.filter((_, row) => row % 20 === 0);
  const { options } = panelFolder(panel, [...oneShop, ...oneShop]);
  expect(await run('train', '--no-tune', ...options)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no rows can be held out, since all are of one group'),
  });
  const { time, ...declaration } = panel;
  const twoShops = panelFolder(
    declaration,
    panelRows.filter((_, row) => row % 20 < 2),
  );
  expect(await run('train', '--no-tune', ...twoShops.options)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('all rows to learn from are of one group'),
  });
});

test('the header of a file names its columns, and an identifier may be missing', async () => {
  const { at, options } = panelFolder();
  const rows = panelRows.map((row, i) => (i % 5 === 0 ? row.replace(/^[^,]*/, '') : row));
  writeFileSync(at('other.csv'), [panelHeader, ...rows, ''].join('\n'));
  expect((await run('train', '--no-tune', ...options, '--data', at('other.csv'))).code).toBe(0);
  expect(rowsIn(at('artifacts/current/data.csv'))[0]).toMatch(/^,2024-01-01,/);
});
