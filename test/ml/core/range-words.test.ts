import { expect, test } from 'vitest';
import { rangeInWords } from '../../../ml/core/range-words.ts';

test.each([
  [{ min: 10, max: 500 }, '10 to 500'],
  [{ min: -0.25 }, 'at least -0.25'],
  [{ max: 1_000_000 }, 'at most 1,000,000'],
  [{}, undefined],
])('a range %j reads %s', (range, words) => {
  expect(rangeInWords(range)).toBe(words);
});

test('the numbers are written as is asked', () => {
  expect(rangeInWords({ min: 1, max: 2.5 }, (value) => value.toFixed(1))).toBe('1.0 to 2.5');
});
