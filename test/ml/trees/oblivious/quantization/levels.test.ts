import { expect, test } from 'vitest';
import { levelHash } from '../../../../../ml/trees/oblivious/quantization/levels.ts';

test('levels come in the order in which the reference takes them of two as frequent', () => {
  // catboost 1.2.10: of two levels of these names, one row each, that an unseen one goes with.
  const order = [6, 3, 1, 12, 9, 11, 0, 10, 2, 5, 4, 8, 7];
  expect(order.toSorted((a, b) => levelHash(a) - levelHash(b))).toEqual(order);
});
