import { expect, test } from 'vitest';
import { ThinnedValues } from '../../../ml/checks/thinned-values.ts';

function quantilesOf(values: Iterable<number>): (number | undefined)[] {
  const thinned = new ThinnedValues();
  for (const value of values) thinned.add(value);
  return [0, 0.1, 0.5, 0.9].map((share) => thinned.quantile(share));
}

test('of few values quantiles are exact', () => {
  expect(quantilesOf([5, 1, 4, 2, 3, 9, 8, 7, 6, 10, 0])).toEqual([0, 1, 5, 9]);
  expect(quantilesOf([])).toEqual([undefined, undefined, undefined, undefined]);
});

test('of many they are near, in the whole of the column', () => {
  const quantiles = quantilesOf(Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 1_000_003));
  [0, 0.1, 0.5, 0.9].forEach((share, i) => {
    expect(Math.abs((quantiles[i] as number) / 1_000_003 - share)).toBeLessThan(0.03);
  });
  // Later values count as earlier ones do.
  expect(quantilesOf(Array.from({ length: 100_000 }, (_, i) => i))[2]).toBeCloseTo(50_000, -3);
});
