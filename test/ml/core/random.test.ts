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
