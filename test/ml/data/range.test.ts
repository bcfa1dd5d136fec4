import { expect, test } from 'vitest';
import { rangeOf } from '../../../ml/data/range.ts';

test('a range is the smallest and the largest value, wherever they stand', () => {
  expect(rangeOf(Float64Array.of(3, -2, 7.5, 0))).toEqual({ min: -2, max: 7.5 });
  expect(rangeOf(Float64Array.of(4))).toEqual({ min: 4, max: 4 });
});
