import { expect, test } from 'vitest';
import { allowedDate, type DateColumn, dateParser, dateSchema } from '../../../../ml/data/kinds/date.ts';

const column = (rest: Partial<DateColumn>): DateColumn => ({ name: 'sold', title: 'Sold', kind: 'date', ...rest });

test('a date is within its limits, both included', () => {
  const parse = dateParser(column({ min: '2024-01-01', max: '2024-01-31' }));
  expect(['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-01'].map((text) => parse(text))).toEqual([
    undefined,
    19_723,
    19_753,
    undefined,
  ]);
});

test.each([
  [{}, 'a date as YYYY-MM-DD'],
  [{ min: '2020-01-01' }, 'a date as YYYY-MM-DD, from 2020-01-01 on'],
  [{ max: '2020-01-01' }, 'a date as YYYY-MM-DD, up to 2020-01-01'],
  [
    { format: 'date-time', min: '2020-01-01T00:00', max: '2020-12-31T12:00' },
    'a date and time as YYYY-MM-DDThh:mm, from 2020-01-01T00:00 to 2020-12-31T12:00',
  ],
] as const)('%j is in words: %s', (rest, words) => expect(allowedDate(column(rest))).toBe(words));

test.each([
  [{ min: '2020-01-32' }, 'min', 'must be a date as YYYY-MM-DD'],
  [{ max: '2020-01-31T10:00' }, 'max', 'must be a date as YYYY-MM-DD'],
  [{ format: 'date-time', min: '2020-01-31' }, 'min', 'must be a date as YYYY-MM-DDThh:mm'],
  [{ min: '2020-01-31', max: '2020-01-31' }, 'min', 'must be before max'],
])('%j is refused', (rest, at, message) => {
  expect(dateSchema.safeParse(column(rest as Partial<DateColumn>)).error?.issues).toMatchObject([
    { path: [at], message },
  ]);
});
