import { expect, test } from 'vitest';
import { rankedClasses } from '../../../ml/explain/ranked-classes.ts';

const probabilities = { a: 0.1, b: 0.4, c: 0.4, d: 0.1 };

test('the most probable comes first, of equals the one that is predicted', () => {
  expect(rankedClasses({ prediction: 'c', probabilities }, 4)).toEqual({
    shown: [
      ['c', 0.4],
      ['b', 0.4],
      ['a', 0.1],
      ['d', 0.1],
    ],
    others: null,
  });
});

test('what is beyond the most that are shown is summed, in one of their places', () => {
  const { shown, others } = rankedClasses({ prediction: 'b', probabilities }, 3);
  expect(shown.map(([level]) => level)).toEqual(['b', 'c']);
  expect(others).toEqual({ count: 2, probability: 0.2 });
});
