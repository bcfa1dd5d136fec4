import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { addTree, type PrefixModel, prefixesOf } from '../../../../../ml/trees/oblivious/boosting/prefix-learner.ts';
import { logLoss } from '../../../../../ml/trees/oblivious/losses/log-loss.ts';
import { softmaxLoss } from '../../../../../ml/trees/oblivious/losses/softmax.ts';
import { squaredError } from '../../../../../ml/trees/oblivious/losses/squared-error.ts';

const inOrder = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);
const targetsOf = (rows: number) => ({ target: new Float64Array(rows), weights: undefined, start: 0 });
const fitting = { l2: 3, learningRate: 0.1, leafIterations: 2 };

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

test.each([
  { name: 'squared error', objective: squaredError, classes: 0, own: 0 },
  { name: 'log loss', objective: logLoss, classes: 2, own: 0 },
  // As in the reference.
  { name: 'softmax but for its own', objective: softmaxLoss(3), classes: 3, own: 1 },
])(
  '$name: what is predicted for a row of the tail does not depend on its own target, nor on those after it',
  ({ objective, classes, own }) => {
    const rows = 64;
    const random = createRandom(1);
    const order = permutation(rows, random);
    const leafOf = Uint16Array.from({ length: rows }, () => random.below(4));
    const targets = Float64Array.from({ length: rows }, () => (classes > 0 ? random.below(classes) : random.uniform()));
    for (const [i, { body, end }] of prefixesOf(targetsOf(rows), inOrder(rows)).entries()) {
      const approxWith = (target: Float64Array) => {
        const prefix = prefixesOf(targetsOf(rows), inOrder(rows), objective.outputs)[i] as PrefixModel;
        addTree(objective.at(target, undefined), prefix, order, { leafOf, leaves: 4 }, fitting);
        return prefix.approx;
      };
      const other = targets.slice();
      for (let at = body + own; at < rows; at++) other[order[at] as number] = classes > 0 ? random.below(classes) : -5;
      // Where rows are told of their own target, the first of the tail is.
      const compared = own > 0 ? order.subarray(0, body + 1) : order;
      const predicted = (target: Float64Array) =>
        approxWith(target).map((approx) => Array.from(compared, (row) => approx[row]));
      expect(predicted(other)).toEqual(predicted(targets));
      const untouched = order.subarray(end);
      for (const row of untouched) for (const approx of approxWith(targets)) expect(approx[row]).toBe(0);
    }
  },
);
