import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ingest } from '../../ml/data/ingest.ts';
import { columnOf } from '../../ml/data/table.ts';
import { readDeclaration } from '../../ml/dataset.ts';
import { linear } from '../../ml/regressors/linear.ts';
import { crossValidate, makeFolds } from '../../ml/tuning/cross-validation.ts';
import { temporaryFile } from '../temporary.ts';

const folder = 'data/student-performance';
const declaration = await readDeclaration(folder);
const { table, dropped } = await ingest(`${folder}/students.csv`, declaration);

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const covariance = (a: Float64Array, b: Float64Array) => {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * ((b[i] as number) - meanB), 0) / (a.length - 1);
};
const deviation = (values: Float64Array) => Math.sqrt(covariance(values, values));
const correlation = (a: string, b: string) => {
  const [x, y] = [columnOf(table, a), columnOf(table, b)];
  return covariance(x, y) / (deviation(x) * deviation(y));
};

test('it has 1,000 whole rows', () => {
  expect(table.rows).toBe(1000);
  expect(dropped).toBe(0);
  for (const values of table.columns.values()) expect(values.some(Number.isNaN)).toBe(false);
});

test('the generator makes this very file', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [`${folder}/generate.ts`]);
  expect(stdout).toBe(readFileSync(`${folder}/students.csv`, 'utf8'));
});

// The published statistics of "Students Performance in Exams".
test.each([
  ['gender', { female: 0.518, male: 0.482 }],
  ['race_ethnicity', { 'group A': 0.089, 'group B': 0.19, 'group C': 0.319, 'group D': 0.262, 'group E': 0.14 }],
  [
    'parental_level_of_education',
    {
      'some college': 0.226,
      "associate's degree": 0.222,
      'high school': 0.196,
      'some high school': 0.179,
      "bachelor's degree": 0.118,
      "master's degree": 0.059,
    },
  ],
  ['lunch', { standard: 0.645, 'free/reduced': 0.355 }],
  ['test_preparation_course', { none: 0.642, completed: 0.358 }],
])('the shares of %s are within 0.03 of the published', (name, shares) => {
  const column = declaration.columns.find((column) => column.name === name);
  const levels = column?.kind === 'categorical' ? column.levels : [];
  expect([...levels].sort()).toEqual(Object.keys(shares).sort());
  for (const [level, share] of Object.entries(shares)) {
    const rows = columnOf(table, name).filter((code) => levels[code] === level).length;
    expect(Math.abs(rows / 1000 - share), level).toBeLessThanOrEqual(0.03);
  }
});

test.each([
  ['math_score', 66.09, 15.16],
  ['reading_score', 69.17, 14.6],
  ['writing_score', 68.05, 15.2],
])('%s has the published mean and deviation within 1', (name, publishedMean, publishedDeviation) => {
  const values = columnOf(table, name);
  expect(Math.abs(mean(values) - publishedMean)).toBeLessThanOrEqual(1);
  expect(Math.abs(deviation(values) - publishedDeviation)).toBeLessThanOrEqual(1);
});

test.each([
  ['math_score', 'reading_score', 0.8176],
  ['math_score', 'writing_score', 0.8026],
  ['reading_score', 'writing_score', 0.9546],
])('%s and %s correlate as published within 0.02', (a, b, published) => {
  expect(Math.abs(correlation(a, b) - published)).toBeLessThanOrEqual(0.02);
});

test('linear regression gets an R² between 0.85 and 0.90 over five folds', () => {
  const { r2 } = crossValidate(linear, {}, makeFolds(declaration, table, 5, 42), { seed: 42, threads: 1 });
  expect(r2).toBeGreaterThan(0.85);
  expect(r2).toBeLessThan(0.9);
});

describe("the original's headers and quoting", () => {
  test('match the declaration without editing', async () => {
    const original =
      '"gender","race/ethnicity","parental level of education","lunch","test preparation course","math score","reading score","writing score"\n' +
      '"male","group B","bachelor\'s degree","free/reduced","completed","11","22","33"\n';
    const { table, ignored } = await ingest(temporaryFile(original), declaration);
    expect(ignored).toEqual([]);
    expect(Object.fromEntries([...table.columns].map(([name, values]) => [name, values[0]]))).toEqual({
      gender: 1,
      race_ethnicity: 1,
      parental_level_of_education: 4,
      lunch: 0,
      test_preparation_course: 1,
      math_score: 11,
      reading_score: 22,
      writing_score: 33,
    });
  });
});
