import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeGridTask } from '../../../bench/tune/theirs.ts';
import { readRows } from '../../../ml/selection/rows.ts';
import { houseHeader, houseRows, writeHouses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

const lines = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');

test('the pipeline is given the rows that ours learns from and holds out, and folds of the former', async () => {
  const all = houseRows(30);
  const dataset = writeHouses(temporaryFolder(), all);
  const holdoutRows = [3, 4, 11, 29];
  const folder = temporaryFolder();
  const task = await writeGridTask(await readRows({ dataset, holdoutRows }, 42), 42, folder);
  expect(lines(folder, 'test.csv')).toEqual([houseHeader, ...holdoutRows.map((row) => all[row])]);
  expect(lines(folder, 'train.csv')).toEqual([houseHeader, ...all.filter((_, row) => !holdoutRows.includes(row))]);
  expect(task).toMatchObject({ folder, target: 'price', categories: ['heating'], numbers: ['area', 'rooms'] });
  expect(task.folds).toHaveLength(3);
  const places = Array.from({ length: 26 }, (_, i) => i);
  for (const { learned, held } of task.folds) expect([...learned, ...held].toSorted((a, b) => a - b)).toEqual(places);
  expect(task.folds.flatMap(({ held }) => held).toSorted((a, b) => a - b)).toEqual(places);
});
