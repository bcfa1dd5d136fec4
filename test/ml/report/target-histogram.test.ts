import { expect, test } from 'vitest';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { targetHistogram } from '../../../ml/report/target-histogram.ts';
import { houses } from '../../houses.ts';

const tableOf = (name: string, values: Float64Array) => ({ rows: values.length, columns: new Map([[name, values]]) });

test('shares of the training rows in round bins sum to 1', () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => (i * 37) % 400);
  const histogram = targetHistogram(houses, tableOf('price', values), 1);
  expect(histogram?.edges[0]).toBe(0);
  expect(histogram?.edges.at(-1)).toBe(400);
  expect(histogram?.shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
  expect(histogram).not.toHaveProperty('scale');
});

test('of numbers of many orders the bins are those of a logarithm', () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => 10 ** ((i % 50) / 10));
  expect(targetHistogram(houses, tableOf('price', values), 1)).toMatchObject({ scale: 'log' });
});

test('of classes there is none', () => {
  const declaration: Declaration = { ...houses, target: 'heating' };
  expect(targetHistogram(declaration, tableOf('heating', Float64Array.of(0, 1, 2)), 1)).toBeUndefined();
});
