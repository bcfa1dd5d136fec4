import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysFrom, isoText } from '../../../../ml/data/kinds/iso-date.ts';

test.each([
  ['1970-01-01', 0],
  ['2024-02-29', 19782],
  ['1969-12-31', -1],
  ['0099-03-01', -683_309],
])('%s is day %d', (text, days) => {
  expect(daysFrom(text, 'date')).toBe(days);
  expect(isoText(days, 'date')).toBe(text);
});

test.each([
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-1-1',
  '24-01-01',
  '2024/01/01',
  '2024-01-01T10:00',
  '20240101',
  '1',
  '',
])('%j is no date', (text) => expect(daysFrom(text, 'date')).toBeUndefined());

test.each([
  ['1970-01-02T12:00', 1.5, '1970-01-02T12:00'],
  ['1970-01-01 00:00:30', 30 / 86_400, '1970-01-01T00:00:30'],
  ['1970-01-01T00:00:00.250Z', 0.25 / 86_400, '1970-01-01T00:00:00.250'],
  ['1970-01-01T02:00+02:00', 0, '1970-01-01T00:00'],
  ['1969-12-31t19:30:00-0430', 0, '1970-01-01T00:00'],
  // As Python, PostgreSQL, BigQuery, Ruby and Go write them.
  ['1970-01-01 00:00:00.250999', 0.25 / 86_400, '1970-01-01T00:00:00.250'],
  ['1970-01-01T00:00:00.250000001Z', 0.25 / 86_400, '1970-01-01T00:00:00.250'],
  ['1970-01-01 02:00:00+02', 0, '1970-01-01T00:00'],
  ['1970-01-02 12:00:00 UTC', 1.5, '1970-01-02T12:00'],
  ['1970-01-02 12:00:00 GMT', 1.5, '1970-01-02T12:00'],
  ['1970-01-02 14:00:00 +0200', 1.5, '1970-01-02T12:00'],
  // The end of a day, also of a leap day, and of a year.
  ['1970-01-01T24:00', 1, '1970-01-02T00:00'],
  ['2024-02-29 24:00:00', 19_783, '2024-03-01T00:00'],
  ['1969-12-31T24:00:00.000Z', 0, '1970-01-01T00:00'],
])('%s is %d days, and is written %s', (text, days, written) => {
  expect(daysFrom(text, 'date-time')).toBe(days);
  expect(isoText(days, 'date-time')).toBe(written);
});

test.each([
  '2024-01-31',
  '2024-02-30T10:00',
  '2024-01-31T24:01',
  '2024-01-31T24:00:00.5',
  '2024-01-31T25:00',
  '2024-01-31T10:60',
  '2024-01-31T10:00:60',
  '2024-01-31T10:00:00.1234567890',
  '2024-01-31T10:00 CET',
  '2024-01-31T10:00+1',
  '2024-01-31T10:00+25:00',
  '2024-01-31T10',
])('%j is no date with a time', (text) => expect(daysFrom(text, 'date-time')).toBeUndefined());

test('what is written reads back as the same number, to the millisecond', () => {
  const [first, last] = [Date.parse('0000-01-01'), Date.UTC(9999, 11, 31, 23, 59, 59, 999)];
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (ms) => {
      const days = ms / 86_400_000;
      expect(daysFrom(isoText(days, 'date-time'), 'date-time')).toBe(days);
      const day = Math.floor(days);
      expect(daysFrom(isoText(day, 'date'), 'date')).toBe(day);
    }),
  );
});

test.each(['9999-12-31T23:59:59-05:00', '9999-12-31T24:00', '0000-01-01T00:00+01:00'])(
  '%s is a year of five digits in UTC, or before the first, and no date that could be written',
  (text) => expect(daysFrom(text, 'date-time')).toBeUndefined(),
);
