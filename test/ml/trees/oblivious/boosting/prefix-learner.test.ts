import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { addTree, prefixesOf } from '../../../../../ml/trees/oblivious/boosting/prefix-learner.ts';

const inOrder = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);
const targetsOf = (rows: number) => ({ target: new Float64Array(rows), weights: undefined, start: 0 });
const fitting = { weights: undefined, l2: 3, learningRate: 0.1, leafIterations: 2, start: 0 };

test('prefixes double until they hold all rows, and each tail begins where a body ends', () => {
  expect(prefixesOf(targetsOf(10), inOrder(10)).map(({ body, end }) => [body, end])).toEqual([
    [1, 2],
    [2, 4],
    [4, 8],
    [8, 10],
  ]);
  expect(prefixesOf(targetsOf(1000), inOrder(1000)).map(({ body, end }) => [body, end])[0]).toEqual([20, 40]);
  expect(prefixesOf(targetsOf(1), inOrder(1)).map(({ body, end }) => [body, end])).toEqual([[1, 1]]);
});

test('what is predicted for a row of the tail does not depend on its own target, nor on those after it', () => {
  const rows = 64;
  const random = createRandom(1);
  const order = permutation(rows, random);
  const leafOf = Uint16Array.from({ length: rows }, () => random.below(4));
  const targets = Float64Array.from({ length: rows }, () => random.uniform());
  for (const [i, { body, end }] of prefixesOf(targetsOf(rows), inOrder(rows)).entries()) {
    const approxWith = (target: Float64Array) => {
      const prefix = prefixesOf(targetsOf(rows), inOrder(rows))[i] as ReturnType<typeof prefixesOf>[number];
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
