import { expect, test } from 'vitest';
import { columnSchema, type FeatureColumn, featureKindOf } from '../../../../ml/data/kinds/index.ts';

type DateColumn = Extract<FeatureColumn, { kind: 'date' }>;

const column = (rest: Partial<DateColumn>): DateColumn => ({ name: 'sold', title: 'Sold', kind: 'date', ...rest });
const parserOf = (rest: Partial<DateColumn>) => featureKindOf(column(rest)).parser({});

test('a date is within its limits, both included', () => {
  const parse = parserOf({ min: '2024-01-01', max: '2024-01-31' });
  expect(['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-01'].map((text) => parse(text))).toEqual([
    undefined,
    19_723,
    19_753,
    undefined,
  ]);
});

test('limits are written as the dates are', () => {
  const parse = parserOf({ format: 'DD.MM.YYYY', min: '01.01.2024', max: '31.01.2024' });
  expect(['31.12.2023', '01.01.2024', '31.01.2024', '01.02.2024'].map((text) => parse(text))).toEqual([
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
  [{ format: 'D/M/YYYY', min: '1/2/2020' }, 'a date as D/M/YYYY, from 1/2/2020 on'],
] as const)('%j is in words: %s', (rest, words) => expect(featureKindOf(column(rest)).allowed()).toBe(words));

test.each([
  [{ min: '2020-01-32' }, 'min', 'must be a date as YYYY-MM-DD'],
  [{ max: '2020-01-31T10:00' }, 'max', 'must be a date as YYYY-MM-DD'],
  [{ format: 'date-time', min: '2020-01-31' }, 'min', 'must be a date as YYYY-MM-DDThh:mm'],
  [{ format: 'DD.MM.YYYY', min: '2/1/2020' }, 'min', 'must be a date as DD.MM.YYYY'],
  [{ min: '2020-01-31', max: '2020-01-31' }, 'min', 'must be before max'],
  [{ format: 'DD.MM' }, 'format', expect.stringMatching(/^must be date, date-time, or a pattern.*: it has no year/)],
  [{ format: 'euro' }, 'format', expect.stringMatching(/stands for no part of a date/)],
])('%j is refused', (rest, at, message) => {
  expect(columnSchema.safeParse(column(rest)).error?.issues).toMatchObject([{ path: [at], message }]);
});

test.each([
  [{}, { control: 'date', hasTime: false }],
  [
    { format: 'DD.MM.YYYY', min: '01.02.2024' },
    { control: 'date', hasTime: false, min: '2024-02-01' },
  ],
  [{ format: 'M/D/YYYY h:mm A' }, { control: 'date', hasTime: true }],
  // What a browser sends as 2024-02-01 would be the second of January.
  [{ format: 'YYYY-DD-MM' }, { control: 'text', example: 'YYYY-DD-MM' }],
  [{ format: 'MMM YYYY' }, { control: 'text', example: 'MMM YYYY' }],
] as const)('a form asks for %j by %j', (rest, control) => {
  expect(featureKindOf(column(rest)).control()).toMatchObject(control);
});

test('a date that stands for "not known" does so however it is written', () => {
  const kind = featureKindOf(
    column({ format: 'date-time', missing: ['1900-01-01 00:00:00'], min: '2000-01-01T00:00' }),
  );
  for (const text of ['1900-01-01 00:00:00', '1900-01-01T00:00', '1899-12-31T24:00Z']) {
    expect(kind.parser({})(text)).toBeNaN();
    expect(kind.valueReader({})(text)).toBeNaN();
  }
  expect(kind.parser({})('1900-01-02T00:00')).toBeUndefined();
});
