import { expect, test } from 'vitest';
import { reliabilityOf } from '../../../ml/explain/reliability.ts';
import { madeRows, turned } from '../made-classes.ts';

test('of probabilities that hold, bins lie on the diagonal', () => {
  const { truth, real } = madeRows(20_000, [0, -1]);
  const { error, bins } = reliabilityOf({ predictions: real, truth }, 1);
  expect(bins).toHaveLength(10);
  for (const { predicted, observed, rows } of bins) {
    expect(rows).toBe(2000);
    expect(Math.abs(predicted - observed)).toBeLessThan(0.04);
  }
  expect(error).toBeLessThan(0.015);
});

test('of what is too sure of itself, the error is how far it is off', () => {
  const { truth, real } = madeRows(20_000, [0, 0, 0]);
  const { error, bins } = reliabilityOf({ predictions: turned(real, (logarithm) => 3 * logarithm), truth }, null);
  expect(error).toBeGreaterThan(0.1);
  const last = bins.at(-1);
  expect(last?.predicted).toBeGreaterThan(last?.observed as number);
});

test('rows of the same probability are in one bin, and count by their weights', () => {
  const predictions = { rows: 4, outputs: 2, values: Float64Array.of(0.8, 0.2, 0.8, 0.2, 0.4, 0.6, 0.4, 0.6) };
  const truth = Float64Array.of(0, 1, 1, 1);
  const { error, bins } = reliabilityOf({ predictions, truth, weights: Float64Array.of(3, 1, 1, 1) }, 1);
  expect(bins).toEqual([
    { predicted: expect.closeTo(0.2, 12), observed: 0.25, rows: 2 },
    { predicted: expect.closeTo(0.6, 12), observed: 1, rows: 2 },
  ]);
  expect(error).toBeCloseTo((4 * 0.05 + 2 * 0.4) / 6, 12);
});
