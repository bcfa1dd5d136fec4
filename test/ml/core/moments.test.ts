import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanOf, momentsOf, unitOf } from '../../../ml/core/moments.ts';

const of = (...values: number[]) => Float64Array.from(values);

test('mean and deviation of a small example, by hand', () => {
  expect(momentsOf(of(2, 4, 4, 4, 5, 5, 7, 9))).toEqual({ mean: 5, deviation: 2 });
});

test('a constant is its own mean and has no deviation, however its sum is rounded', () => {
  for (const value of [0, 0.1, -1 / 3, 1e200, 1.7e308, 5e-324, 1e-300]) {
    for (const rows of [1, 3, 7, 1000])
      expect(momentsOf(new Float64Array(rows).fill(value))).toEqual({ mean: value, deviation: 0 });
  }
});

test.each([-320, -200, -30, 0, 30, 200, 307])('numbers around 1e%i have the moments of those around 1', (exponent) => {
  const size = Number(`1e${exponent}`);
  const values = of(1, 2, 4, 8, 3).map((value) => value * size);
  const { mean, deviation } = momentsOf(values.map((value) => value / 8));
  // Subnormal numbers have few digits.
  const digits = exponent < -308 ? 1 : 12;
  expect((mean / size) * 8).toBeCloseTo(3.6, digits);
  expect((deviation / size) * 8).toBeCloseTo(Math.sqrt(29.2 / 5), digits);
});

test('the largest doubles and the smallest have moments too', () => {
  const most = Number.MAX_VALUE;
  expect(momentsOf(of(most, -most))).toEqual({ mean: 0, deviation: most });
  expect(meanOf(of(most, most, most))).toBe(most);
  expect(momentsOf(of(0, 5e-324)).deviation).toBe(5e-324);
});

test.each([1e8, 1e12, -1e15])('an offset of %f costs no digits', (offset) => {
  const { mean, deviation } = momentsOf(of(0, 1, 2, 3, 4, 5, 6).map((value) => value + offset));
  expect(mean).toBe(offset + 3);
  expect(deviation).toBeCloseTo(2, 12);
});

test('the deviation is 0 where all values are equal, and nowhere else', () => {
  fc.assert(
    fc.property(fc.float64Array({ minLength: 1, maxLength: 20, noNaN: true, noDefaultInfinity: true }), (values) => {
      const { mean, deviation } = momentsOf(values);
      expect(deviation === 0).toBe(values.every((value) => value === values[0]));
      expect(Number.isFinite(mean) && Number.isFinite(deviation)).toBe(true);
    }),
  );
});

test('the unit of a size is a power of two that brings it close to 1', () => {
  for (const size of [5e-324, 1e-300, 0.1, 1, 3, 1e300, Number.MAX_VALUE]) {
    const scaled = size * unitOf(size);
    expect(Number.isInteger(Math.log2(unitOf(size)))).toBe(true);
    expect(scaled).toBeLessThan(4);
    expect(scaled ** 2).toBeGreaterThan(1e-60);
  }
});

test('a weight says how often a number counts, at any scale', () => {
  const values = of(2, 4, 5, 7, 9, 1e300);
  const once = of(2, 4, 4, 4, 5, 5, 7, 9);
  for (const unit of [1e-300, 0.5, 1, 1e300]) {
    const weights = of(1, 3, 2, 1, 1, 0).map((weight) => weight * unit);
    const { mean, deviation } = momentsOf(values, weights);
    expect(mean).toBeCloseTo(5, 12);
    expect(deviation).toBeCloseTo(2, 12);
    expect(meanOf(values, weights)).toBe(mean);
  }
  expect(momentsOf(once, new Float64Array(8).fill(1))).toEqual(momentsOf(once));
});

test('of numbers without weight none matters, and what is left may be constant', () => {
  expect(momentsOf(of(8, 0.1, 0.1, -3), of(0, 0.3, 2, 0))).toEqual({ mean: 0.1, deviation: 0 });
});
