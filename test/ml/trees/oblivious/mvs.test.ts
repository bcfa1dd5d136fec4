import { expect, test } from 'vitest';
import { MinimalVarianceSampler } from '../../../../ml/trees/oblivious/mvs.ts';
import { RandomStream } from '../../../../ml/trees/oblivious/random-stream.ts';

const rows = 20_000;
const random = new RandomStream(1);
const gradients = Float64Array.from({ length: rows }, () => random.normal());
const weights = new Float64Array(rows);

test('a given part of the rows is sampled, large gradients always, and weights make up for the others', () => {
  new MinimalVarianceSampler(0.4).draw(weights, gradients, Float64Array.of(0.1), random);
  const taken = weights.filter((weight) => weight > 0).length;
  expect(taken / rows).toBeCloseTo(0.4, 1);
  gradients.forEach((gradient, i) => {
    if (Math.abs(gradient) > 2.5) expect(weights[i]).toBe(1);
  });
  expect(weights.reduce((sum, weight) => sum + weight, 0) / rows).toBeCloseTo(1, 1);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  expect(sum(gradients.map((gradient, i) => Math.abs(gradient) * (weights[i] as number)))).toBeCloseTo(
    sum(gradients.map(Math.abs)),
    -3,
  );
});

test('where all gradients are alike, all rows are too', () => {
  new MinimalVarianceSampler(0.5).draw(weights, new Float64Array(rows).fill(2), undefined, random);
  for (const weight of weights) if (weight > 0) expect(weight).toBeCloseTo(2, 9);
  expect(weights.filter((weight) => weight > 0).length / rows).toBeCloseTo(0.5, 1);
});

test('where all gradients are 0 there is nothing to choose by', () => {
  new MinimalVarianceSampler(0.5).draw(weights, new Float64Array(rows), undefined, random);
  expect(weights.every(Number.isFinite)).toBe(true);
});
