import { expect, test } from 'vitest';
import type { Declaration } from '../../../../ml/data/declaration.ts';
import { daysFrom } from '../../../../ml/data/kinds/iso-date.ts';
import type { Table } from '../../../../ml/data/table.ts';
import { fitFeatures, transform } from '../../../../ml/features/preprocess.ts';

const { NaN: missing } = Number;
const declaration: Declaration = {
  name: 'stays',
  title: 'Stays',
  file: 'stays.csv',
  target: 'price',
  columns: [
    { name: 'arrival', title: 'Arrival', kind: 'date', format: 'date-time' },
    { name: 'departure', title: 'Departure', kind: 'date' },
    { name: 'price', title: 'Price', kind: 'numeric' },
  ],
};
const days = (text: string | null, format: 'date' | 'date-time') =>
  text === null ? missing : (daysFrom(text, format) as number);
const stays = (rows: readonly (readonly [string | null, string | null])[]): Table => ({
  rows: rows.length,
  columns: new Map([
    ['arrival', Float64Array.from(rows, ([arrival]) => days(arrival, 'date-time'))],
    ['departure', Float64Array.from(rows, ([, departure]) => days(departure, 'date'))],
    ['price', Float64Array.from(rows.keys())],
  ]),
});
const learned = stays([
  ['2024-02-29T18:30', '2024-03-02'],
  ['2024-12-31T00:00', '2024-12-31'],
  ['1969-12-28T06:00', null],
]);
const encoding = { categories: 'one-hot', numbers: 'raw', missing: 'kept' } as const;
const { preprocessor } = fitFeatures({
  declaration,
  table: learned,
  encoding,
  features: [{ recipe: 'date_parts' }],
  seed: 1,
});

/** What is made of one row, by name, rounded. */
function made(row: readonly [string | null, string | null]): Record<string, number> {
  const { names = [], data } = transform(preprocessor, stays([row]));
  return Object.fromEntries(names.map((name, j) => [name, Math.round((data[j] as number) * 1e6) / 1e6]));
}

test('a date and time has its year, month, day, weekday, hour and place in year and day', () => {
  expect(made(['2024-02-29T18:30', '2024-03-02'])).toMatchObject({
    'year of arrival': 2024,
    'month of arrival': 2,
    'day of month of arrival': 29,
    'weekday of arrival': 4,
    'hour of arrival': 18.5,
    'sine of day of arrival': Math.round(Math.sin((2 * Math.PI * 18.5) / 24) * 1e6) / 1e6,
    'weekday of departure': 6,
    'days from arrival to departure': 1.229167,
  });
  expect(made(['1969-12-28T06:00', null])).toMatchObject({ 'year of arrival': 1969, 'weekday of arrival': 7 });
});

test('the last day of a year lies beside the first of the next', () => {
  const places = ['2024-12-31T00:00', '2025-01-01T00:00'].map((arrival) => made([arrival, null]));
  for (const name of ['sine of year of arrival', 'cosine of year of arrival'])
    expect(places[0]?.[name]).toBeCloseTo(places[1]?.[name] as number, 1);
});

test('what is the same in all rows is not made, and what is missing stays so', () => {
  const row = made([null, '2024-03-02']);
  expect(Object.keys(row)).not.toContain('hour of departure');
  expect(Object.keys(row)).not.toContain('year of departure');
  expect(row['month of arrival']).toBeNaN();
  expect(row['days from arrival to departure']).toBeNaN();
  expect(row['month of departure']).toBe(3);
});
