import { expect, test } from 'vitest';
import { asTargets, fitLogTarget, toLogarithms } from '../../../ml/features/log-target.ts';

const skewed = Float64Array.from({ length: 64 }, (_, i) => 2 ** (i % 8));

test('a skewed target is learned as its logarithm, and comes back', () => {
  const target = fitLogTarget(skewed, undefined);
  expect(target).toMatchObject({ shift: 0, factor: 1 });
  const logarithms = toLogarithms(target as NonNullable<typeof target>, skewed);
  expect(logarithms).toEqual(skewed.map(Math.log));
  asTargets(target, logarithms).forEach((value, i) => {
    expect(value).toBeCloseTo(skewed[i] as number, 9);
  });
});

test('a target that is symmetric, skewed to the left, constant or below 0 is not', () => {
  const shapes = [
    (value: number) => Math.log(value),
    (value: number) => 200 - value,
    () => 3,
    (value: number) => value - 2,
  ];
  for (const shape of shapes) expect(fitLogTarget(skewed.map(shape), undefined)).toBeNull();
});

test('zeros are moved by a share of the median, and a row of weight 0 has no say', () => {
  const counts = skewed.map((value) => value - 1);
  const shift = fitLogTarget(counts, undefined)?.shift as number;
  expect(shift).toBeGreaterThan(0);
  const more = Float64Array.of(...counts, -1000);
  const weights = Float64Array.from(more, (value) => (value < 0 ? 0 : 1));
  const target = fitLogTarget(more, weights);
  expect(target?.shift).toBe(shift);
  expect(toLogarithms(target as NonNullable<typeof target>, more).every(Number.isFinite)).toBe(true);
});

test('predictions are at least 0, and no further from what was learned than a standard deviation', () => {
  const target = fitLogTarget(skewed, undefined);
  const [low, high] = asTargets(target, Float64Array.of(-1e9, 1e9));
  expect(low).toBeGreaterThanOrEqual(0);
  expect(low).toBeLessThan(1);
  expect(high).toBeGreaterThan(128);
  expect(high).toBeLessThan(128 * 8);
  expect(asTargets(target, Float64Array.of(Number.NaN))).toEqual(Float64Array.of(Number.NaN));
  expect(asTargets({ shift: 5, lowest: 0, highest: 3, factor: 1 }, Float64Array.of(0))).toEqual(Float64Array.of(0));
});
