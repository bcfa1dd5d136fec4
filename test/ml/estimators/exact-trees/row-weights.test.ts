import { expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { drawByChance, rowWeights } from '../../../../ml/estimators/exact-trees/row-weights.ts';

test('rows are drawn as often as their chances say, and never without one', () => {
  const chances = Float64Array.of(0, 1, 0, 2.5, 0.5, 0);
  const counts = drawByChance(chances, 40_000, createRandom(1));
  expect([counts[0], counts[2], counts[5]]).toEqual([0, 0, 0]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40_000);
  // Four standard deviations.
  [1, 3, 4].forEach((row) => {
    const share = (chances[row] as number) / 4;
    const deviation = Math.sqrt(40_000 * share * (1 - share));
    expect(Math.abs((counts[row] as number) - 40_000 * share)).toBeLessThan(4 * deviation);
  });
});

test('weights are scaled by a power of two, and are 1 each where none are given', () => {
  expect(rowWeights(3, undefined)).toEqual(Float64Array.of(1, 1, 1));
  for (const unit of [2 ** -900, 1, 2 ** 900])
    expect(rowWeights(3, Float64Array.of(0, 1.5 * unit, 0.75 * unit))).toEqual(Float64Array.of(0, 1.5, 0.75));
});
