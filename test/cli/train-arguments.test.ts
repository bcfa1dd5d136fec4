import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { houseHeader } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFile } from '../temporary.ts';

const train = (...args: string[]) => start(['cli/plumbline.ts', 'train', ...args]).exit;
const cars = () => temporaryFile('mpg,cylinders,origin\n18,8,USA\n', 'cars.csv');

test.each([
  ['a CSV by itself', (csv: string) => [csv], 2],
  ['a CSV as the data set', (csv: string) => ['--dataset', csv], 1],
  ['a target', () => ['--target', 'mpg'], 2],
  ['a CSV of other columns', (csv: string) => ['--data', csv], 1],
])('%s: the answer leads to a declaration', async (_, args, code) => {
  const { stderr, ...outcome } = await train(...args(cars()));
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(stderr).toMatch(/^Error: .*dataset\.json.*docs\/guide\/your-own-data\.md/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test.each(['--data', '--params', '--holdout-rows'])('a result does not overwrite what %s names', async (flag) => {
  const path = temporaryFile(houseHeader);
  const { code, stderr } = await train(flag, path, '--json', path);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`--json and ${flag} name the same`),
  });
  expect(readFileSync(path, 'utf8')).toBe(houseHeader);
});
