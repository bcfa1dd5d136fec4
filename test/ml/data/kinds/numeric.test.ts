import { expect, test } from 'vitest';
import { featureKindOf } from '../../../../ml/data/kinds/index.ts';
import type { Affixes } from '../../../../ml/data/kinds/number-affixes.ts';
import type { CellReading } from '../../../../ml/data/kinds/reading.ts';

const column = { name: 'price', title: 'Price', kind: 'numeric' } as const;
const read = (text: string, reading: CellReading) => featureKindOf(column).parser(reading)(text);

test.each<[CellReading, string, number | undefined]>([
  [{ decimal: ',' }, '1,5', 1.5],
  [{ decimal: ',' }, '-,5', -0.5],
  [{ decimal: ',' }, '1.5', undefined],
  [{ decimal: ',' }, '1,5e3', 1500],
  [{ decimal: ',' }, '1,2,3', undefined],
  [{ decimal: ',', thousands: '.' }, '1.234.567,89', 1_234_567.89],
  [{ decimal: ',', thousands: '.' }, '1234567,89', 1_234_567.89],
  [{ decimal: ',', thousands: '.' }, '1.234', 1234],
  [{ decimal: ',', thousands: '.' }, '1.23', undefined],
  [{ decimal: ',', thousands: '.' }, '1234.567', undefined],
  [{ decimal: ',', thousands: '.' }, '1,234.567', undefined],
  [{ thousands: ',' }, '1,234.5', 1234.5],
  [{ thousands: ',' }, '12,34,567', 1_234_567],
  [{ thousands: ',' }, '-1,234', -1234],
  [{ thousands: ',' }, '1,2345', undefined],
  [{ thousands: ',' }, ',123', undefined],
  [{ thousands: ' ' }, '1 234', 1234],
  [{ thousands: ' ' }, '1\u202f234\u00a0567', 1_234_567],
  [{ thousands: "'" }, '1’234', 1234],
  [{}, '1,5', undefined],
  [{}, '1,234', undefined],
])('by %j, %s is %s', (reading, text, value) => {
  expect(read(text, reading)).toBe(value);
});

test('a text that stands for a value that is not known is none, and a column may have its own', () => {
  const reading = { missing: ['NA', '-999'] };
  expect(read(' NA ', reading)).toBeNaN();
  expect(read('-999', reading)).toBeNaN();
  expect(read('-998', reading)).toBe(-998);
  const own = featureKindOf({ ...column, missing: ['?'] }).parser(reading);
  expect(['?', '-999', 'NA', ''].map(own)).toEqual([Number.NaN, -999, undefined, Number.NaN]);
  // What means nothing in the file means nothing to the API.
  expect(featureKindOf(column).valueReader(reading)(-999)).toBeNaN();
});

test.each<[string, CellReading, string]>([
  ['-999', {}, '-999.0'],
  ['-999.0', {}, '-999'],
  ['-999,0', { decimal: ',' }, '-999'],
  ['9.99e2', {}, '999'],
])('a number that stands for "not known" does so however it is written: %s', (missing, written, text) => {
  const reading = { ...written, missing: [missing] };
  expect(read(text, reading)).toBeNaN();
  expect(featureKindOf(column).valueReader(reading)(Number(text))).toBeNaN();
});

test('what stands beside the numbers of a column may lack beside the one that stands for "not known"', () => {
  const parse = featureKindOf({ ...column, suffix: '%', missing: ['-1'] }).parser({});
  expect(['-1', '-1 %', '1%', '1'].map((text) => parse(text))).toEqual([Number.NaN, Number.NaN, 1, undefined]);
});

test.each<[Affixes, CellReading, string, number | undefined]>([
  [{}, {}, '\u22125.5', -5.5],
  [{}, {}, '1e\u22123', 0.001],
  [{ prefix: '$' }, { thousands: ',' }, '\u2212$1,234.50', -1234.5],
  [{ prefix: '$' }, {}, '$\u22125', -5],
  [{}, {}, '5.25-', -5.25],
  [{}, { decimal: ',', thousands: '.' }, '1.234,50-', -1234.5],
  [{ prefix: '€' }, { decimal: ',' }, '€ 0,50-', -0.5],
  // A grade, and two signs.
  [{}, {}, '2-', undefined],
  [{}, {}, '-5.25-', undefined],
  [{}, {}, '\u2212\u22125', undefined],
])(
  'the sign of a number may be another one, or stand behind it: by %j and %j, %s is %s',
  (affixes, reading, text, value) => {
    expect(featureKindOf({ ...column, ...affixes }).parser(reading)(text)).toBe(value);
  },
);

test('a number that a column refuses is told of by what it is', () => {
  const { problem } = featureKindOf({ ...column, max: 10 });
  expect(problem('11,5', { decimal: ',' })).toMatchObject({ one: 'is not a number of at most 10' });
  expect(problem('123456789012345678,0', { decimal: ',' }).one).toMatch(/more digits than a number keeps/);
});

test.each<[Affixes, CellReading, string, number | undefined]>([
  [{ suffix: '%' }, {}, ' 12 % ', 12],
  [{ suffix: '%' }, {}, '-0.5%', -0.5],
  [{ suffix: '%' }, {}, '12', undefined],
  [{ suffix: '%' }, { areBare: true }, '12', 12],
  [{ suffix: '%' }, { areBare: true }, '12%', 12],
  [{ prefix: '$' }, { thousands: ',' }, '$1,234.50', 1234.5],
  [{ prefix: '$' }, {}, '-$5', -5],
  [{ prefix: '$' }, {}, '$ -5', -5],
  [{ prefix: '$' }, {}, '-$-5', undefined],
  [{ prefix: '$' }, {}, '€5', undefined],
  [{ prefix: '$', parentheses: true }, {}, '($5)', -5],
  [{ parentheses: true }, {}, '(5.2)', -5.2],
  [{ parentheses: true }, {}, '5.2', 5.2],
  [{ parentheses: true }, {}, '(-5.2)', undefined],
  [{}, {}, '(5.2)', undefined],
  [{ suffix: 'kg' }, { decimal: ',' }, '1,5e3 kg', 1500],
  [{ suffix: '%', prefix: '~' }, {}, '~5%', 5],
])('with %j beside it, by %j, %s is %s', (affixes, reading, text, value) => {
  expect(featureKindOf({ ...column, ...affixes }).parser(reading)(text)).toBe(value);
});

test('a number without what stands beside the others is refused with the remedy; forms take it', () => {
  const kind = featureKindOf({ ...column, suffix: '%' });
  expect(kind.problem('12', {})).toMatchObject({ one: 'is without "%" behind the number', remedy: expect.any(String) });
  expect(kind.problem('n/a', {}).one).toBe('stands for "not known"');
  expect([kind.fromText('12'), kind.fromText('12%'), kind.fromText('a%')]).toEqual([12, 12, 'a%']);
});
