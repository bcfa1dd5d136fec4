import { expect, test } from 'vitest';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { createRandom } from '../../../ml/core/random.ts';
import type { Metric } from '../../../ml/selection/metric.ts';
import { pairedDifference } from '../../../ml/selection/paired-difference.ts';
import { mae, r2 } from '../../../ml/selection/regression-metrics.ts';

const random = createRandom(5);
const noise = () => random.uniform() - 0.5;
const truth = Float64Array.from({ length: 400 }, (_, i) => i / 100 + noise());

test('of a mean the standard error is that of the mean of differences', () => {
  const first = truth.map((y) => y + 0.1 * noise());
  const second = truth.map((y) => y + 0.3 * noise());
  const differences = truth.map((y, i) => Math.abs((second[i] as number) - y) - Math.abs((first[i] as number) - y));
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const deviation = Math.sqrt(
    differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (differences.length - 1),
  );
  const { gain, standardError } = pairedDifference(mae, { truth, first: oneOutput(first), second: oneOutput(second) });
  expect(gain).toBeCloseTo(mean, 12);
  const expected = deviation / Math.sqrt(differences.length);
  // Twenty blocks estimate it within a few parts in ten.
  expect(standardError).toBeGreaterThan(0.6 * expected);
  expect(standardError).toBeLessThan(1.6 * expected);
});

test('errors that two candidates have in common cancel', () => {
  const common = truth.map((y) => y + 2 * noise());
  const pair = { truth, first: oneOutput(common), second: oneOutput(common.map((value) => value + 0.01)) };
  const { gain, standardError } = pairedDifference(r2, pair);
  expect(standardError).toBeLessThan(0.002);
  expect(pairedDifference(r2, { ...pair, first: pair.second, second: pair.first })).toEqual({
    gain: -gain,
    standardError: expect.closeTo(standardError, 12),
  });
  expect(pairedDifference(r2, { ...pair, second: pair.first })).toEqual({ gain: 0, standardError: 0 });
});

test('rows count by their weights, and fewer rows than blocks have a block each', () => {
  const counted: Metric = {
    ...mae,
    compute: (y, { values }, weights) => (weights?.[0] ?? 0) * y.length + (values[0] as number),
  };
  const { gain } = pairedDifference(counted, {
    truth: Float64Array.of(1, 2, 3),
    weights: Float64Array.of(2, 1, 1),
    first: oneOutput(Float64Array.of(1, 0, 0)),
    second: oneOutput(Float64Array.of(5, 0, 0)),
  });
  expect(gain).toBe(4);
});
