import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Column, featuresOf, readDeclaration } from '../../ml/data/declaration.ts';
import { serve } from './serve.ts';

// The students' columns, with a maths score that is a known sum: so much for each point of a score,
// so much for each level. No two fields, and no two levels, can stand for each other unnoticed.
const students = 'test/fixtures/students';
const features = featuresOf(await readDeclaration(students));
const weights: Readonly<Record<string, number>> = {
  gender: 1,
  race_ethnicity: 2,
  parental_level_of_education: 3,
  lunch: 7,
  test_preparation_course: 11,
  reading_score: 4,
  writing_score: 5,
};

const worth = (column: Column, value: string | number) =>
  (weights[column.name] as number) *
  (column.kind === 'categorical' ? column.levels.indexOf(String(value)) : Number(value));
const sum = (record: Readonly<Record<string, string | number>>) =>
  features.reduce((total, column) => total + worth(column, record[column.name] as string | number), 0);

/** A record by numbers: of a score its value, of any other column its level. */
function recordOf(numbers: Readonly<Record<string, number>>): Record<string, string | number> {
  return Object.fromEntries(
    features.map((column) => {
      const n = numbers[column.name] as number;
      return [column.name, column.kind === 'categorical' ? (column.levels[n] as string) : n];
    }),
  );
}

function writeDataset(folder: string): string {
  const names = features.map(({ name }) => name);
  const rows = Array.from({ length: 400 }, (_, i) => {
    const record = recordOf({
      gender: i % 2,
      race_ethnicity: (i >> 1) % 5,
      parental_level_of_education: (i * 5 + (i >> 4)) % 6,
      lunch: (i >> 2) % 2,
      test_preparation_course: (i >> 3) % 2,
      reading_score: (i * 3) % 7,
      writing_score: (i * 7 + (i >> 5)) % 6,
    });
    return [...names.map((name) => record[name]), sum(record)].join(',');
  });
  copyFileSync(`${students}/dataset.json`, join(folder, 'dataset.json'));
  writeFileSync(join(folder, 'students.csv'), [[...names, 'math_score'].join(','), ...rows].join('\n'));
  return folder;
}

const served = serve(writeDataset);
const base = recordOf({
  gender: 1,
  race_ethnicity: 2,
  parental_level_of_education: 4,
  lunch: 0,
  test_preparation_course: 1,
  reading_score: 3,
  writing_score: 5,
});

async function byApi(record: Readonly<Record<string, string | number>>): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(record),
  });
  return ((await response.json()) as { prediction: number }).prediction;
}

async function byForm(record: Readonly<Record<string, string | number>>): Promise<number> {
  const body = new URLSearchParams(
    Object.entries(record).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const html = await (await fetch(served.url, { method: 'POST', body })).text();
  return Number(/<output id="prediction-value">([^<]*)</.exec(html)?.[1]);
}

describe.each([
  ['API', byApi],
  ['form', byForm],
])('by the %s', (_, predict) => {
  test('a distinct value for each field comes to its own column', async () => {
    expect(await predict(base)).toBeCloseTo(sum(base), 6);
    expect(await predict(Object.fromEntries(Object.entries(base).reverse()))).toBeCloseTo(sum(base), 6);
  });

  test.each(features.map((column) => [column.name, column] as const))(
    '%s moves the prediction by its own weight, and by nothing else',
    async (name, column) => {
      const values = column.kind === 'categorical' ? column.levels : [0, 1, 2, 6];
      for (const value of values) {
        const record = { ...base, [name]: value };
        expect(await predict(record), `${name}: ${value}`).toBeCloseTo(sum(record), 6);
      }
    },
  );

  test('the two scores in each other\u2019s place are another student', async () => {
    const swapped = { ...base, reading_score: 5, writing_score: 3 };
    expect(await predict(swapped)).toBeCloseTo(sum(swapped), 6);
    expect(sum(swapped)).not.toBe(sum(base));
  });
});
