import { expect, test } from 'vitest';
import { flatten, sumTrees } from '../../../../../ml/trees/oblivious/model/trees.ts';

const trees = flatten([
  {
    splits: [
      { feature: 0, border: 1.5 },
      { feature: 1, border: 0 },
    ],
    values: Float64Array.of(1, 2, 4, 8),
    weights: Float64Array.of(1, 2, 3, 4),
  },
  { splits: [], values: Float64Array.of(100), weights: Float64Array.of(10) },
  { splits: [{ feature: 1, border: 2 }], values: Float64Array.of(1000, 2000), weights: Float64Array.of(7, 3) },
]);
const sum = (...row: number[]) => sumTrees(trees, Float32Array.from(row));

test('each split sets a bit of the leaf where its border is exceeded', () => {
  expect(sum(1, -1)).toBe(1 + 100 + 1000);
  expect(sum(2, -1)).toBe(2 + 100 + 1000);
  expect(sum(1, 1)).toBe(4 + 100 + 1000);
  expect(sum(2, 3)).toBe(8 + 100 + 2000);
});

test('what is at a border does not exceed it, and a missing value exceeds nothing', () => {
  expect(sum(1.5, 0)).toBe(1 + 100 + 1000);
  expect(sum(Number.NaN, Number.NaN)).toBe(1 + 100 + 1000);
});
