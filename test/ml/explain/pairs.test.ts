import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../ml/core/random-stream.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import type { Table } from '../../../ml/data/table.ts';
import { fitDomain } from '../../../ml/explain/domain.ts';
import { outsideFinder } from '../../../ml/explain/outside.ts';
import { fitRarePairs } from '../../../ml/explain/pairs.ts';

const NOISE = 15;
const names = Array.from({ length: NOISE }, (_, j) => `n${j}`);
const levels = (count: number) => Array.from({ length: count }, (_, i) => `level ${i}`);

/** Weight follows height, a district lies in its city, and fifteen columns have nothing to do with any other. */
const people: Declaration = {
  name: 'people',
  title: 'People',
  file: 'people.csv',
  target: 'y',
  columns: [
    { name: 'height', title: 'Height', kind: 'numeric' },
    { name: 'weight', title: 'Weight', kind: 'numeric' },
    { name: 'city', title: 'City', kind: 'categorical', levels: levels(8) },
    { name: 'district', title: 'District', kind: 'categorical', levels: levels(32) },
    ...names.map((name) => ({ name, title: name, kind: 'numeric' as const })),
    { name: 'y', title: 'Y', kind: 'numeric' },
  ],
};

function rowsOf(rows: number, seed: number, changed: Readonly<Record<string, number>> = {}): Table {
  const random = new RandomStream(seed);
  const column = (value: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => value(row));
  const height = column(() => random.normal());
  const city = column(() => random.below(8));
  const columns = new Map([
    ['height', height],
    ['weight', height.map((value) => 0.9 * value + 0.3 * random.normal())],
    ['city', city],
    ['district', city.map((code) => 4 * code + random.below(4))],
    ...names.map((name) => [name, column(() => random.normal())] as const),
  ]);
  for (const [name, value] of Object.entries(changed)) columns.set(name, new Float64Array(rows).fill(value));
  return { rows, columns };
}

const outsideOf = outsideFinder(fitDomain(people, rowsOf(2000, 1), 1), people);
const messagesOf = (table: Table) => outsideOf(table).map((each) => each.map(({ message }) => message));
const neighbourless = (table: Table) =>
  outsideOf(table).filter((each) => each.some(({ reason }) => reason === 'few-neighbours')).length / table.rows;

describe('among many columns', () => {
  test('two ordinary numbers that do not go together are told, by their titles', () => {
    for (const [height, weight] of [
      [1.5, -1.5],
      [-1.3, 1.3],
    ] as const) {
      const some = rowsOf(50, 2, { height, weight });
      const told = messagesOf(some).filter((messages) =>
        messages.includes('hardly any record that was learned from has Height and Weight like these together'),
      );
      expect(told.length).toBeGreaterThan(45);
    }
    expect(neighbourless(rowsOf(200, 2, { height: 1.5, weight: 1.4 }))).toBeLessThan(0.03);
  });

  test('so are two levels', () => {
    const some = rowsOf(50, 3, { city: 2, district: 31 });
    expect(messagesOf(some).flat()).toContain(
      'hardly any record that was learned from has City and District like these together',
    );
    expect(neighbourless(some)).toBe(1);
    expect(neighbourless(rowsOf(200, 3, { city: 2, district: 9 }))).toBeLessThan(0.03);
  });

  test('of records like those learned from hardly any is told of', () => {
    expect(neighbourless(rowsOf(4000, 4))).toBeLessThan(0.015);
  });
});

test('columns that have nothing to do with each other have no rare pairs, nor have few rows', () => {
  const alone = { ...people, columns: people.columns.filter(({ name }) => !['weight', 'district'].includes(name)) };
  expect(fitRarePairs(alone, rowsOf(2000, 1), 1)).toBeNull();
  expect(fitRarePairs(people, rowsOf(40, 1), 1)).toBeNull();
});

test('a missing value is a bin of its own, and a level that is rare shares one', () => {
  const train = rowsOf(1000, 1);
  const pairs = fitRarePairs(people, train, 1);
  expect(pairs?.columns.map(({ bins }) => bins).slice(0, 4)).toEqual([11, 11, 10, 34]);
  expect(outsideOf(rowsOf(1, 5, { weight: Number.NaN, district: Number.NaN }))[0]?.map(({ reason }) => reason)).toEqual(
    ['unseen', 'unseen'],
  );
});

test('numbers of two values are told from each other', () => {
  const random = new RandomStream(1);
  const flags: Declaration = {
    ...people,
    columns: [
      { name: 'retired', title: 'Retired', kind: 'numeric' },
      { name: 'job', title: 'Job', kind: 'categorical', levels: ['none', 'other'] },
      { name: 'y', title: 'Y', kind: 'numeric' },
    ],
  };
  const retired = Float64Array.from({ length: 600 }, () => random.below(2));
  const job = retired.map((value) => (value === 1 ? 0 : random.below(2)));
  const find = outsideFinder(
    fitDomain(
      flags,
      {
        rows: 600,
        columns: new Map([
          ['retired', retired],
          ['job', job],
        ]),
      },
      1,
    ),
    flags,
  );
  const told = find({
    rows: 4,
    columns: new Map([
      ['retired', Float64Array.of(0, 0, 1, 1)],
      ['job', Float64Array.of(0, 1, 0, 1)],
    ]),
  });
  expect(told.map((each) => each.map(({ message }) => message))).toEqual([
    [],
    [],
    [],
    ['hardly any record that was learned from has Retired and Job like these together'],
  ]);
});
