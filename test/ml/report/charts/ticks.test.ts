import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTicks } from '../../../../ml/report/charts/date-ticks.ts';
import { linearTicks, logTicks, roundEdges, roundedOut } from '../../../../ml/report/charts/ticks.ts';

test('are round, and written exactly', () => {
  expect(linearTicks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearTicks([-3, 17], 5)).toEqual([0, 5, 10, 15]);
  expect(linearTicks([0.1, 0.35], 5)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
  expect(linearTicks([1e300, 3e300], 4)).toEqual([1e300, 1.5e300, 2e300, 2.5e300, 3e300]);
  expect(roundedOut([-3, 17], 5)).toEqual([-5, 20]);
  expect(roundEdges([2, 2.9], 4)).toEqual([2, 2.5, 3]);
});

test('are few, ascending and within, of any domain', () => {
  const ends = fc.tuple(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(
      ends.filter(([a, b]) => a !== b).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const))),
      fc.integer({ min: 2, max: 10 }),
      (domain, most) => {
        const ticks = linearTicks(domain, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const [i, tick] of ticks.entries()) {
          expect(Number.isFinite(tick)).toBe(true);
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] as number);
        }
        const [from, to] = roundedOut(domain, most);
        expect(Number.isFinite(from) && Number.isFinite(to) && from < to).toBe(true);
      },
    ),
  );
});

test('of a logarithm are powers of ten, with doubles and fives where there are few', () => {
  expect(logTicks([1, 1e6], 6)).toEqual([1, 100, 1e4, 1e6]);
  expect(logTicks([1, 1e5], 6)).toEqual([1, 10, 100, 1000, 1e4, 1e5]);
  expect(logTicks([3, 70], 6)).toEqual([5, 10, 20, 50]);
  expect(logTicks([31, 39], 4)).toEqual([32, 34, 36, 38]);
});

const day = (text: string) => Date.parse(text) / 86_400_000;

test('of dates are the first days of years, months and days', () => {
  const labels = (from: string, to: string, most = 5) =>
    dateTicks([day(from), day(to)], most).map(({ label }) => label);
  expect(labels('2015-03-02', '2024-11-30')).toEqual(['2016', '2018', '2020', '2022', '2024']);
  expect(labels('2024-01-15', '2024-12-01')).toEqual(['2024-04', '2024-07', '2024-10']);
  expect(labels('2024-02-27', '2024-03-02')).toEqual([
    '2024-02-27',
    '2024-02-28',
    '2024-02-29',
    '2024-03-01',
    '2024-03-02',
  ]);
  expect(labels('2024-03-01T06:00Z', '2024-03-01T18:00Z')).toEqual([
    '2024-03-01 06:00',
    '2024-03-01 09:00',
    '2024-03-01 12:00',
    '2024-03-01 15:00',
    '2024-03-01 18:00',
  ]);
  expect(dateTicks([-1e9, 1e9], 5).length).toBeLessThanOrEqual(6);
  expect(dateTicks([1e9, 2e9], 5)).toEqual([]);
});
