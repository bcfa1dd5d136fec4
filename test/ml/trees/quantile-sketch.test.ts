import { expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import { quantiles } from '../../../ml/trees/quantile-sketch.ts';

function draw(rows: number, seed: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows }, () => random.uniform() ** 3);
}

test.each([
  [900, 16],
  [9_000, 64],
  [100_000, 256],
])('of %i values, %i bins hold about as many each', (rows, bins) => {
  const values = draw(rows, rows);
  const starts = [...quantiles(values, bins)];
  expect(starts).toHaveLength(bins);
  expect(starts[0]).toBe(Math.min(...values));
  const counts = starts.map(
    (start, b) => values.filter((value) => value >= start && value < (starts[b + 1] ?? 2)).length,
  );
  // The sketch knows ranks to an eighth of a bin, and both ends may be off.
  for (const count of counts) expect(Math.abs(count - rows / bins)).toBeLessThanOrEqual((0.5 * rows) / bins + 1);
});

test('frequent values are bins of their own, and none is there twice', () => {
  const values = draw(5_000, 1).map((value, i) => (i % 2 === 0 ? 0.5 : value));
  const starts = [...quantiles(values, 32)];
  expect(starts).toContain(0.5);
  expect(new Set(starts).size).toBe(starts.length);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});

test('few values are all kept; none at all have no bins', () => {
  expect([...quantiles(Float32Array.of(3, 1, 2, 1), 8)]).toEqual([1, 2, 3]);
  expect([...quantiles(new Float32Array(), 8)]).toEqual([]);
});

test('where ranks round to float32 decides which value is a cut, as in XGBoost 3.2', () => {
  const rows = 40_130;
  const starts = quantiles(
    Float32Array.from({ length: rows }, (_, i) => (i * 7919) % rows),
    256,
  );
  // With exact ranks it would be 35429.
  expect(starts[226]).toBe(35_427);
});

test('of weighted values, bins hold about as much weight each; whole weights are repeated values', () => {
  const values = draw(3_000, 2);
  const weights = values.map((value) => 1 + Math.floor(4 * value));
  const repeated = Float32Array.from(
    [...values].flatMap((value, i) => new Array<number>(weights[i] as number).fill(value)),
  );
  const starts = quantiles(values, 16, weights);
  const plain = quantiles(repeated, 16);
  expect(starts).toHaveLength(16);
  starts.forEach((start, b) => {
    expect(Math.abs(start - (plain[b] as number))).toBeLessThan(0.02);
  });
  expect(starts).not.toEqual(quantiles(values, 16));
});
