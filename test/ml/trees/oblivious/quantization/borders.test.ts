import { expect, test } from 'vitest';
import { selectBorders } from '../../../../../ml/trees/oblivious/quantization/borders.ts';

const BELOW_ALL = Math.fround(-3.402823466e38);
const known = [0.5, 1, 1, 1, 2, 3, 3, 4, 5, 8, 13, 21, 21, 34, 55];
const withGaps = [...known, Number.NaN, Number.NaN];
const squares = Array.from({ length: 1000 }, (_, i) => i * i);

// What catboost 1.2.10 gave: Pool.quantize(border_count=…), then save_quantization_borders.
test.each([
  [known, 254, [0.75, 1.5, 2.5, 3.5, 4.5, 6.5, 10.5, 17, 27.5, 44.5]],
  [known, 5, [1.5, 3.5, 6.5, 17, 27.5]],
  [known, 3, [1.5, 3.5, 17]],
  [known, 1, [3.5]],
  [withGaps, 254, [BELOW_ALL, 0.75, 1.5, 2.5, 3.5, 4.5, 6.5, 10.5, 17, 27.5, 44.5]],
  [withGaps, 5, [BELOW_ALL, 1.5, 3.5, 6.5, 17]],
  [withGaps, 1, [BELOW_ALL]],
  [squares, 7, [15500.5, 62250.5, 140250.5, 249500.5, 390000.5, 561750.5, 764750.5]],
  [squares, 10, [3782.5, 15500.5, 34782.5, 62250.5, 140250.5, 249500.5, 390000.5, 561750.5, 764750.5, 877032.5]],
])('the reference’s borders: %j, at most %i', (values, most, borders) => {
  expect(selectBorders(Float32Array.from(values), most)).toEqual(Float32Array.from(borders));
});

test('a column whose values are all alike has none; missing values have theirs, even where nothing else is', () => {
  expect(selectBorders(Float32Array.of(7, 7, 7), 254)).toHaveLength(0);
  expect(selectBorders(Float32Array.of(Number.NaN, Number.NaN), 254)).toEqual(Float32Array.of(BELOW_ALL));
  expect(selectBorders(Float32Array.of(7, Number.NaN), 254)).toEqual(Float32Array.of(BELOW_ALL));
});

test('what is below float32 is parted by a border that is finite', () => {
  expect(selectBorders(Float32Array.of(-1e39, 1, 2), 254)).toEqual(Float32Array.of(BELOW_ALL, 1.5));
});
