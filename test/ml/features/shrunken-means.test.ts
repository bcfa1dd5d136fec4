import { expect, test } from 'vitest';
import { shrunkenMeans } from '../../../ml/features/shrunken-means.ts';

const codes = Int32Array.of(0, 0, 1, 1, 1, 3);
const values = Float64Array.of(1, 3, 7, 8, 9, 5);

test('a mean is drawn to the mean of all by the share of chance, by hand', () => {
  // Mean 5.5. Means 2, 8, 5 of 2, 3, 1 rows: squares between 2·3.5² + 3·2.5² + 0.5² = 43.5, within 2 + 2 = 4 of 6 − 3 degrees.
  const within = 4 / 3;
  const between = (43.5 - 2 * within) / (6 - (4 + 9 + 1) / 6);
  const kept = (rows: number) => (rows * between) / (rows * between + within);
  const { means, differ } = shrunkenMeans(codes, 4, values, undefined);
  expect(differ).toBe(true);
  expect(means[0]).toBeCloseTo(5.5 - 3.5 * kept(2), 12);
  expect(means[1]).toBeCloseTo(5.5 + 2.5 * kept(3), 12);
  expect(means[2]).toBe(5.5);
  expect(means[3]).toBeCloseTo(5.5 - 0.5 * kept(1), 12);
});

test('a row of weight w counts as the row w times', () => {
  const weights = Float64Array.of(2, 1, 3, 1, 2, 4);
  const repeated = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
  const { means } = shrunkenMeans(codes, 4, values, weights);
  const expected = shrunkenMeans(
    Int32Array.from(repeated, (row) => codes[row] as number),
    4,
    Float64Array.from(repeated, (row) => values[row] as number),
    undefined,
  );
  means.forEach((mean, level) => {
    expect(mean).toBeCloseTo(expected.means[level] as number, 12);
  });
});

test('rows without a value, or of weight 0, teach nothing', () => {
  const more = Float64Array.of(...values, Number.NaN, 1e9);
  const weights = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 0);
  expect(shrunkenMeans(Int32Array.of(...codes, 2, 2), 4, more, weights)).toEqual(
    shrunkenMeans(codes, 4, values, undefined),
  );
});

test('levels that differ by no more than chance, or of one row each, have the mean of all', () => {
  const same = shrunkenMeans(Int32Array.of(0, 0, 1, 1), 2, Float64Array.of(1, 3, 1, 3), undefined);
  expect(same).toEqual({ means: Float64Array.of(2, 2), differ: false });
  const alone = shrunkenMeans(Int32Array.of(0, 1, 2), 3, Float64Array.of(1, 5, 9), undefined);
  expect(alone).toEqual({ means: Float64Array.of(5, 5, 5), differ: false });
  expect(shrunkenMeans(Int32Array.of(0), 2, Float64Array.of(Number.NaN), undefined).differ).toBe(false);
});

test.each([1e-300, 1e300])('values of the size of %f have finite means', (unit) => {
  const { means } = shrunkenMeans(
    codes,
    4,
    values.map((value) => (value - 5) * 1e7 * unit),
    undefined,
  );
  expect(means.every(Number.isFinite)).toBe(true);
  expect((means[0] as number) < 0 && (means[1] as number) > 0).toBe(true);
});
