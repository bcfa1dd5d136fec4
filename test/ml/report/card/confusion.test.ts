import { expect, test } from 'vitest';
import { confusionOf, mistakesOf, totalsOf } from '../../../../ml/report/card/confusion.ts';

const confusion = confusionOf(Float64Array.of(0, 0, 0, 1, 1, 2), Uint32Array.of(0, 1, 1, 1, 2, 2), ['a', 'b', 'c']);

test('counts the rows of each class by what they were taken for', () => {
  expect([...confusion.counts]).toEqual([1, 2, 0, 0, 1, 1, 0, 0, 1]);
  expect([0, 1, 2].map((code) => totalsOf(confusion, code))).toEqual([
    { truth: 3, predicted: 1 },
    { truth: 2, predicted: 3 },
    { truth: 1, predicted: 2 },
  ]);
});

test('names the pairs that are confused most often', () => {
  expect(mistakesOf(confusion)).toEqual([
    { truth: 'a', taken: 'b', rows: 2, share: 2 / 3 },
    { truth: 'b', taken: 'c', rows: 1, share: 1 / 2 },
  ]);
  expect(mistakesOf(confusionOf(Float64Array.of(0, 1), Uint32Array.of(0, 1), ['a', 'b']))).toEqual([]);
});
