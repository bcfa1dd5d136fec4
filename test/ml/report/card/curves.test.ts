import { expect, test } from 'vitest';
import { curvesOf } from '../../../../ml/report/card/curves.ts';

const asked = (truth: number[], weights?: number[]) => ({
  truth: Float64Array.from(truth),
  weights: weights && Float64Array.from(weights),
  of: 1,
});
const predictions = (values: number[]) => ({
  rows: values.length,
  outputs: 2,
  values: Float64Array.from(values.flatMap((value) => [1 - value, value])),
});

test('tells the recall at false alarms, and the precision and threshold at recalls', () => {
  // Flagged one by one: yes, no, yes, no.
  const curves = curvesOf(predictions([0.9, 0.7, 0.6, 0.2]), asked([1, 0, 1, 0]));
  expect(curves?.roc.map(({ falseAlarms, recall }) => [falseAlarms, recall])).toEqual([
    ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.3].map((share) => [share, 0.5]),
    [0.5, 1],
  ]);
  expect(curves?.precision).toEqual([
    { recall: 0.1, precision: 1, threshold: 0.9 },
    { recall: 0.25, precision: 1, threshold: 0.9 },
    { recall: 0.5, precision: 1, threshold: 0.9 },
    ...[0.75, 0.9, 1].map((recall) => ({ recall, precision: 2 / 3, threshold: 0.6 })),
  ]);
});

test('flags rows of one probability together', () => {
  const curves = curvesOf(predictions([0.5, 0.5, 0.5, 0.5]), asked([1, 0, 1, 0]));
  expect(curves?.roc.every(({ recall }) => recall === 0)).toBe(true);
  expect(curves?.precision.every(({ precision }) => precision === 0.5)).toBe(true);
});

test('counts rows by weight', () => {
  const curves = curvesOf(predictions([0.9, 0.7, 0.6, 0.2]), asked([1, 0, 1, 0], [1, 1, 3, 9]));
  expect(curves?.roc.find(({ falseAlarms }) => falseAlarms === 0.1)?.recall).toBe(1);
  expect(curves?.precision.find(({ recall }) => recall === 0.5)?.precision).toBe(4 / 5);
});

test('there are none where a class has no row', () => {
  expect(curvesOf(predictions([0.9, 0.2]), asked([1, 1]))).toBeUndefined();
  expect(curvesOf(predictions([0.9, 0.2]), asked([0, 0]))).toBeUndefined();
});
