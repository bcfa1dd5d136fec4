import { expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { cramersV } from '../../../../ml/report/data-section/contingency.ts';
import { pearson, ranksOf } from '../../../../ml/report/data-section/correlation.ts';
import { correlationRatio } from '../../../../ml/report/data-section/correlation-ratio.ts';
import { outliersOf } from '../../../../ml/report/data-section/outliers.ts';
import { quantileGroups } from '../../../../ml/report/data-section/quantile-groups.ts';
import { splitDifferences } from '../../../../ml/report/data-section/split-difference.ts';
import { wilsonInterval } from '../../../../ml/report/data-section/wilson.ts';

const numbers = (...values: number[]) => Float64Array.from(values);

test('correlates numbers and their ranks', () => {
  const [x, y] = [numbers(1, 2, 3, 4, 5), numbers(1, 4, 9, 16, 25)];
  expect(pearson(ranksOf(x), ranksOf(y))).toBeCloseTo(1, 12);
  expect(pearson(x, y)).toBeCloseTo(0.9811049102515929, 12);
  expect(pearson(x, numbers(-2, -4, -6, -8, -10))).toBeCloseTo(-1, 12);
  expect(ranksOf(numbers(10, 20, 10, 30))).toEqual(numbers(1.5, 3, 1.5, 4));
  expect(pearson(x, numbers(7, 7, 7, 7, 7))).toBeNaN();
  expect(pearson(numbers(1e300, -1e300, 5e299), numbers(1, -1, 0.5))).toBeCloseTo(1, 12);
});

test('tells how categories go together, corrected for chance', () => {
  const same = Float64Array.from({ length: 300 }, (_, i) => i % 3);
  expect(cramersV(same, same)).toBeCloseTo(1, 2);
  const random = createRandom(1);
  const [a, b] = [1, 2].map(() => Float64Array.from({ length: 500 }, () => random.below(40)));
  expect(cramersV(a as Float64Array, b as Float64Array)).toBeLessThan(0.08);
  expect(
    cramersV(
      same,
      same.map(() => 0),
    ),
  ).toBeNaN();
});

test('tells how numbers go with categories, corrected for chance', () => {
  const codes = Float64Array.from({ length: 300 }, (_, i) => i % 3);
  expect(
    correlationRatio(
      codes,
      codes.map((code) => code * 10),
    ),
  ).toBeCloseTo(1, 12);
  const random = createRandom(1);
  const [levels, noise] = [
    Float64Array.from({ length: 500 }, () => random.below(100)),
    Float64Array.from({ length: 500 }, () => random.uniform()),
  ];
  expect(correlationRatio(levels, noise)).toBeLessThan(0.25);
  // Each row is a level by itself, which says nothing.
  expect(correlationRatio(numbers(0, 1, 2), numbers(4, 7, 9))).toBe(0);
  expect(
    correlationRatio(
      codes,
      codes.map(() => 5),
    ),
  ).toBeNaN();
});

test('finds values that lie far out, the farthest first', () => {
  const values = numbers(1, 2, 3, 4, 5, 6, 7, 100, -50, 40, 30, Number.NaN);
  const found = outliersOf(values, { min: -50, max: 100, mean: 0, deviation: 0, q1: 2.5, median: 5, q3: 6.5 });
  expect(found).toEqual({ fences: { low: -9.5, high: 18.5 }, count: 4, worst: [100, -50, 40] });
  expect(outliersOf(values, { min: 0, max: 0, mean: 0, deviation: 0, q1: 3, median: 3, q3: 3 })).toBeUndefined();
});

test('groups rows by a number into about as many each, with equal values together', () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : i));
  const groups = quantileGroups(values, 4);
  expect(groups.map(({ rows }) => rows.length)).toEqual([50, 25, 25]);
  expect(groups.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [50, 74],
    [75, 99],
  ]);
  expect(quantileGroups(numbers(3, 1, Number.NaN, 3), 10).map(({ from, rows }) => [from, rows])).toEqual([
    [1, [1]],
    [3, [0, 3]],
  ]);
});

test('gives a share an interval that stays between 0 and 1', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, and 0 of 20.
  expect(wilsonInterval(81 / 263, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilsonInterval(81 / 263, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilsonInterval(0, 20).low).toBe(0);
  expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4);
});

test('tells how far two sets of rows are from each other, and what chance comes to', () => {
  const columns = new Map([
    ['same', [numbers(1, 2, 3, 4), numbers(1, 2, 3, 4)] as const],
    ['apart', [numbers(1, 2, 3, 4), numbers(5, 6, 7, 8)] as const],
    ['missing', [numbers(1, 2, 3, 4), numbers(1, 2, Number.NaN, Number.NaN)] as const],
  ]);
  const found = splitDifferences(columns);
  expect([...(found?.distances ?? [])]).toEqual([
    ['same', 0],
    ['apart', 1],
    ['missing', 0.5],
  ]);
  expect(splitDifferences(new Map([['empty', [numbers(), numbers(1)] as const]]))).toBeUndefined();
});

test('calls a random split different one time in twenty at most', () => {
  const random = createRandom(5);
  const draw = (rows: number) => Float64Array.from({ length: rows }, () => random.uniform());
  const alarms = Array.from({ length: 400 }, () => {
    const columns = new Map(Array.from({ length: 8 }, (_, i) => [`c${i}`, [draw(200), draw(50)] as const]));
    const { distances, byChance } = splitDifferences(columns) ?? { distances: new Map<string, number>(), byChance: 0 };
    return Math.max(...distances.values()) > byChance;
  }).filter(Boolean).length;
  expect(alarms).toBeLessThanOrEqual(32);
});

test('joins values of hardly any rows with those beside them', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 5 ? 9 + i : i % 3));
  expect(quantileGroups(values, 12).map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [1, 1],
    [2, 13],
  ]);
});
