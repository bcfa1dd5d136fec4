import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../ml/core/random.ts';

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
