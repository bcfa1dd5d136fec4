import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Measurement } from '../../../bench/accuracy/measurement.ts';
import { Results } from '../../../bench/accuracy/results.ts';
import { DataError } from '../../../ml/core/errors.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';

const common = { data: 'cars', task: 'regression', peer: 'flaml', budget: 60, seconds: 61.2 } as const;
const scored: Measurement = { ...common, score: 0.87 };
const failed: Measurement = { ...common, score: null, reason: 'no memory' };

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

test('each row is in the file at once, and the file is there from the first on', async () => {
  const path = join(temporaryFolder(), 'rows.json');
  const results = await Results.open(path);
  expect(readdirSync(dirname(path))).toEqual([]);
  await results.add(scored);
  expect(read(path)).toEqual([scored]);
  const other = { ...scored, peer: 'catboost', budget: null };
  await results.add(other);
  expect(read(path)).toEqual([scored, other]);
  expect(readdirSync(dirname(path))).toEqual(['rows.json']);
});

test('the rows of a file are taken up, and stay in it', async () => {
  const path = temporaryFile(JSON.stringify([scored]), 'rows.json');
  const results = await Results.open(path);
  expect(results.find(scored)).toEqual(scored);
  const other = { ...scored, data: 'wage' };
  await results.add(other);
  expect(read(path)).toEqual([scored, other]);
});

test('another budget is another measurement', async () => {
  const results = await Results.open(temporaryFile(JSON.stringify([scored]), 'rows.json'));
  expect(results.find({ ...scored, budget: 10 })).toBeUndefined();
  await results.add({ ...scored, budget: 10, score: 0.5 });
  expect(results.find(scored)?.score).toBe(0.87);
});

test('a measurement that is made again takes the place of the one that failed', async () => {
  const path = temporaryFile(JSON.stringify([failed]), 'rows.json');
  const results = await Results.open(path);
  await results.add(scored);
  expect(read(path)).toEqual([scored]);
});

test('without a file the rows are kept all the same', async () => {
  const results = await Results.open(undefined);
  await results.add(scored);
  expect(results.find(scored)).toEqual(scored);
});

test.each([
  ['another shape', '{"rows": []}'],
  ['rows of another bench', '[{"work": "knn", "ours": 1}]'],
  ['a score without a number and without a reason', JSON.stringify([{ ...common, score: null }])],
  ['what is not JSON', 'rows'],
])('a file with %s is refused, and stays as it is', async (_, text) => {
  const path = temporaryFile(text, 'rows.json');
  await expect(Results.open(path)).rejects.toThrow(DataError);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
