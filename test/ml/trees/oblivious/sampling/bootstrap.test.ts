import { expect, test } from 'vitest';
import { RandomStream } from '../../../../../ml/core/random-stream.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import { MinimalVarianceSampler } from '../../../../../ml/trees/oblivious/sampling/bootstrap.ts';

// The last block of rows is an odd one.
const rows = 20_001;
const random = new RandomStream(1);
const { arena, queue } = startEngine(1);
const gradients = arena.float64(rows).map(() => random.normal());
const kernelGradients = arena.float64(rows);
const weights = arena.float64(rows);

function draw(rate: number, of: Float64Array, lastValues?: Float64Array): void {
  kernelGradients.set(of);
  new MinimalVarianceSampler(rate, rows, arena, queue).draw(weights, [kernelGradients], lastValues, random);
}

test('a given part of the rows is sampled, large gradients always, and weights make up for the others', () => {
  draw(0.4, gradients, Float64Array.of(0.1));
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
  draw(0.5, new Float64Array(rows).fill(2));
  for (const weight of weights) if (weight > 0) expect(weight).toBeCloseTo(2, 9);
  expect(weights.filter((weight) => weight > 0).length / rows).toBeCloseTo(0.5, 1);
});

test('where all gradients are 0 there is nothing to choose by', () => {
  draw(0.5, new Float64Array(rows));
  expect(weights.every(Number.isFinite)).toBe(true);
});

test('the threshold is found from that of the last tree too, whatever the gradients were then', () => {
  const sampler = new MinimalVarianceSampler(0.4, rows, arena, queue);
  for (const scale of [1, 1e-6, 1e6, 0, 1]) {
    kernelGradients.set(gradients.map((gradient) => scale * gradient));
    sampler.draw(weights, [kernelGradients], Float64Array.of(0.1 * scale), random);
    const taken = weights.filter((weight) => weight > 0).length;
    expect(taken / rows).toBeCloseTo(scale === 0 ? 1 : 0.4, 1);
  }
});

test('of gradients that are vectors their lengths count', () => {
  const others = arena.float64(rows).map(() => random.normal());
  const second = arena.float64(rows);
  second.set(others);
  kernelGradients.set(gradients);
  const sampler = new MinimalVarianceSampler(0.4, rows, arena, queue);
  sampler.draw(weights, [kernelGradients, second], Float64Array.of(0.1, 0, 0, 0.1), random);
  expect(weights.filter((weight) => weight > 0).length / rows).toBeCloseTo(0.4, 1);
  gradients.forEach((gradient, i) => {
    if (Math.hypot(gradient, others[i] as number) > 3.5) expect(weights[i]).toBe(1);
  });
});
