import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { addTree, prefixesOf } from '../../../../../ml/trees/oblivious/boosting/prefix-learner.ts';

const fitting = { l2: 3, learningRate: 0.1, leafIterations: 2, start: 0 };

test('prefixes double until they hold all rows, and each tail begins where a body ends', () => {
  expect(prefixesOf(10, 0).map(({ body, end }) => [body, end])).toEqual([
    [1, 2],
    [2, 4],
    [4, 8],
    [8, 10],
  ]);
  expect(prefixesOf(1000, 0).map(({ body, end }) => [body, end])[0]).toEqual([20, 40]);
  expect(prefixesOf(1, 0).map(({ body, end }) => [body, end])).toEqual([[1, 1]]);
});

test('what is predicted for a row of the tail does not depend on its own target, nor on those after it', () => {
  const rows = 64;
  const random = createRandom(1);
  const order = permutation(rows, random);
  const leafOf = Uint16Array.from({ length: rows }, () => random.below(4));
  const targets = Float64Array.from({ length: rows }, () => random.uniform());
  for (const [i, { body, end }] of prefixesOf(rows, 0).entries()) {
    const approxWith = (target: Float64Array) => {
      const prefix = prefixesOf(rows, 0)[i] as ReturnType<typeof prefixesOf>[number];
      addTree(prefix, order, leafOf, 4, { ...fitting, target });
      return prefix.approx;
    };
    const other = targets.slice();
    for (let at = body; at < rows; at++) other[order[at] as number] = -5;
    expect(approxWith(other)).toEqual(approxWith(targets));
    const untouched = order.subarray(end);
    for (const row of untouched) expect(approxWith(targets)[row]).toBe(0);
  }
});
