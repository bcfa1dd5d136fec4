import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { createRandom, permutation, sample } from '../../../ml/core/random.ts';

test('a seed gives the same numbers on every machine, for good', () => {
  const random = createRandom(42);
  expect([random.below(1000), random.below(1000), random.below(1000)]).toMatchInlineSnapshot(`
    [
      605,
      225,
      535,
    ]
  `);
  expect([...permutation(10, createRandom(42))]).toMatchInlineSnapshot(`
    [
      9,
      1,
      8,
      0,
      6,
      2,
      4,
      7,
      3,
      5,
    ]
  `);
});

test('a permutation holds every number once', () => {
  expect([...permutation(1000, createRandom(1))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 1000 }, (_, i) => i),
  );
});

test('a sample holds so many numbers, each once, and those of a smaller sample', () => {
  for (const count of [0, 1, 7, 99, 100]) {
    const drawn = sample(100, count, createRandom(3));
    expect(new Set(drawn).size).toBe(count);
    expect(drawn.every((i) => i < 100)).toBe(true);
    expect([...drawn.subarray(count - Math.min(count, 5))]).toEqual([
      ...sample(100, Math.min(count, 5), createRandom(3)),
    ]);
  }
  expect([...sample(1, 1, createRandom(1))]).toEqual([0]);
});

test('every number is as likely to be in a sample', () => {
  const random = createRandom(5);
  const counts = new Int32Array(10);
  for (let k = 0; k < 10_000; k++) for (const i of sample(10, 3, random)) counts[i] = (counts[i] as number) + 1;
  // Six standard deviations of a binomial count.
  for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(6 * Math.sqrt(10_000 * 0.3 * 0.7));
});

test('numbers are those of the library, which draws them one by one', () => {
  for (const n of [1, 2, 3, 1000, 2 ** 31, 2 ** 31 + 1, 3e9, 2 ** 32 - 1, 2 ** 32]) {
    const random = createRandom(7);
    const generator = xoroshiro128plus(7);
    for (let i = 0; i < 1000; i++) {
      expect(random.below(n)).toBe(uniformInt(generator, 0, n - 1));
      if (i % 3 === 0) expect(random.uniform()).toBe(uniformFloat64(generator));
    }
  }
});
