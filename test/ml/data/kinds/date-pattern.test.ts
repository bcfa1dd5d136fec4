import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datePatternOf, whyNotAPattern } from '../../../../ml/data/kinds/date-pattern.ts';
import { dateTextOf } from '../../../../ml/data/kinds/date-text.ts';
import { daysFrom, isoText } from '../../../../ml/data/kinds/iso-date.ts';

const iso = (days: number | undefined) => days && isoText(days, 'date-time');

test.each([
  ['DD.MM.YYYY', '31.01.2024', '2024-01-31T00:00'],
  ['D.M.YYYY', '1.2.2024', '2024-02-01T00:00'],
  ['D.M.YYYY', '01.02.2024', '2024-02-01T00:00'],
  ['MM/DD/YYYY hh:mm', '02/01/2024 09:30', '2024-02-01T09:30'],
  ['MM/DD/YYYY hh:mm', '02/29/2024 24:00', '2024-03-01T00:00'],
  ['M/D/YY', '2/1/68', '2068-02-01T00:00'],
  ['M/D/YY', '2/1/69', '1969-02-01T00:00'],
  ['YYYYMMDD', '20240229', '2024-02-29T00:00'],
  ['YYYYMMDDhhmmss', '20240229235959', '2024-02-29T23:59:59'],
  ['YYYY-MM-DDThh:mm', '2024-02-29T23:59', '2024-02-29T23:59'],
  ['D MMM YYYY', '9 Sep 1999', '1999-09-09T00:00'],
  ['MMM D YYYY', 'jan  1 2000', '2000-01-01T00:00'],
  ['MMMM D, YYYY', 'February 29, 2024', '2024-02-29T00:00'],
  ['MMM YYYY', 'Mar 2010', '2010-03-01T00:00'],
  ['M/D/YYYY h:mm:ss A', '1/2/2020 12:05:09 AM', '2020-01-02T00:05:09'],
  ['M/D/YYYY h:mm:ss A', '1/2/2020 12:05:09 pm', '2020-01-02T12:05:09'],
  ['M/D/YYYY h:mm:ss A', '1/2/2020 03:05:09 PM', '2020-01-02T15:05:09'],
])('by %s, %s is %s', (pattern, text, expected) => {
  expect(whyNotAPattern(pattern)).toBeUndefined();
  expect(iso(datePatternOf(pattern).parse(text))).toBe(expected);
});

test.each([
  ['DD.MM.YYYY', ['1.2.2024', '30.02.2024', '00.01.2024', '01.13.2024', '01/02/2024', '01.02.24', '01.02.2024 ', '']],
  ['YYYYMMDD', ['20230229', '2024-02-29', '202402291']],
  ['D MMM YYYY', ['9 Sept 1999', '9 Foo 1999', '9 9 1999']],
  ['MM/DD/YYYY hh:mm', ['02/01/2024 24:01', '02/01/2024 09:60', '02/01/2024', '12/31/9999 24:00']],
  ['h:mm A, D/M/YYYY', ['13:00 PM, 1/1/2020', '0:00 AM, 1/1/2020']],
  ['D.M.YYYY', ['1,2,2024', '1x2x2024']],
])('by %s these are no dates: %j', (pattern, texts) => {
  for (const text of texts) expect(datePatternOf(pattern).parse(text), text).toBeUndefined();
});

test.each([
  ['DD.MM', /no year/],
  ['YYYY', /no month/],
  ['DD.MM.YYYY DD', /the day twice/],
  ['MM/M/YYYY', /the month twice/],
  ['YYYY-MM-DD mm', /larger than its parts/],
  ['YYYY-MM hh:mm', /larger than its parts/],
  ['DMYYYY', /where a part of one or two digits ends/],
  ['on DD.MM.YYYY', /"on " stands for no part/],
  ['DD.MM.YYYY 5', /" 5" stands for no part/],
])('%s is refused', (pattern, why) => {
  expect(whyNotAPattern(pattern)).toMatch(why);
  expect(() => datePatternOf(pattern)).toThrow(why);
});

describe('what a pattern writes, it reads', () => {
  const patterns = ['DD.MM.YYYY hh:mm:ss', 'M/D/YYYY h:mm:ss A', 'YYYYMMDDhhmmss', 'ss:mm:hh, D MMMM YYYY'];
  test.each(patterns)('%s', (pattern) => {
    const { parse, write } = datePatternOf(pattern);
    fc.assert(
      fc.property(fc.integer({ min: -20_000_000_000, max: 100_000_000_000 }), (seconds) => {
        const days = (seconds * 1000) / 86_400_000;
        expect(parse(write(days))).toBe(days);
      }),
    );
  });
});

test('a date may be written as ISO 8601 has it as well, unless it would be another one', () => {
  const day = daysFrom('2024-02-01', 'date');
  expect(dateTextOf('DD.MM.YYYY').parse('2024-02-01')).toBe(day);
  expect(dateTextOf('YYYYMMDD').parse('2024-02-01')).toBe(day);
  expect(iso(dateTextOf('D/M/YYYY hh:mm').parse('2024-02-01T09:30'))).toBe('2024-02-01T09:30');
  expect(iso(dateTextOf('YYYY-DD-MM').parse('2024-02-01'))).toBe('2024-01-02T00:00');
  expect(dateTextOf('YYYY-DD-MM').parse('2024-02-13')).toBeUndefined();
  expect(dateTextOf('YYYY-D-M').parse('2024-02-13')).toBeUndefined();
});

test('ISO 8601 is read beside a pattern where that can write the date: two digits of a year say nothing of its century', () => {
  const { parse, write } = dateTextOf('DD.MM.YY hh:mm');
  expect(parse('1950-03-01T10:00')).toBeUndefined();
  expect(write(parse('2050-03-01T10:00:30') as number)).toBe('01.03.50 10:00');
});
