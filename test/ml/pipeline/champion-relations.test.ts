import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train } from '../../../ml/pipeline/train.ts';
import { panel, writePanel } from '../../panel.ts';
import { temporaryFolder } from '../../temporary.ts';
import { writeWeightedHouses } from '../../weighted-houses.ts';

const { group, ...byMonth } = panel;
const { time, ...byShop } = panel;

test.each([
  ['groups are drawn as wholes', (folder: string) => writePanel(folder, byShop), 'group', 'shop'],
  ['times are drawn in blocks', (folder: string) => writePanel(folder, byMonth), 'time', 'month'],
  ['groups are drawn where there are times as well', (folder: string) => writePanel(folder), 'group', 'shop'],
  ['each row counts by its weight', writeWeightedHouses, 'row', undefined],
])('a comparison keeps to what is declared of the rows: %s', async (_, write, unit, column) => {
  const dataset = write(temporaryFolder());
  const options = { dataset, artifacts: join(dataset, 'artifacts'), threshold: -9 };
  const first = await train({ ...options, models: ['linear'] });
  const second = await train({ ...options, models: ['decision_tree'], tolerance: 9 });
  const [header = '', ...held] = readFileSync(join(second.path as string, 'test.csv'), 'utf8')
    .trim()
    .split('\n');
  const at = header.split(',').indexOf(column ?? '');
  const units = column === undefined ? held.length : new Set(held.map((line) => line.split(',')[at])).size;
  // Split alike, so that both scores are those that the gate sees.
  const [champion, challenger] = [first.holdout?.r2, second.holdout?.r2];
  expect(second.champion).toMatchObject({ unit, units, champion, challenger, basis: 'new', rows: held.length });
});
