import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed } from '../../../../ml/estimators/index.ts';
import { kernelRidge } from '../../../../ml/estimators/kernel-methods/kernel-ridge.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

const ridgeParams = (given: Record<string, unknown>) => resolveParams('kernel_ridge', kernelRidge.params, given);

function wave(count: number, seed: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const data = Float64Array.from({ length: 2 * count }, () => 4 * random.uniform() - 2);
  const y = Float64Array.from({ length: count }, (_, i) => Math.sin(2 * (data[2 * i] ?? 0)) * (data[2 * i + 1] ?? 0));
  return { x: { rows: count, columns: 2, data }, y };
}

describe('ridge regression of a kernel', () => {
  const rows = wave(400, 1);
  const unseen = wave(200, 2);
  const errorOf = (given: Record<string, unknown>) => {
    const state = kernelRidge.fit({ ...rows, params: ridgeParams(given), seed: 1 });
    const predictions = kernelRidge.predict(state, unseen.x).values;
    return predictions.reduce((sum, value, i) => sum + (value - (unseen.y[i] as number)) ** 2, 0) / predictions.length;
  };

  test('finds a smooth function, and the better the more rows it compares with', () => {
    const errors = [5, 20, 80].map((n_components) => errorOf({ n_components, alpha: 0.001, length_scale: 0.7 }));
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errors[2]).toBeLessThan(0.001);
  });

  test('far from all rows predicts the intercept, however far that is', () => {
    const state = kernelRidge.fit({ ...rows, params: ridgeParams({}), seed: 1 });
    const far = { rows: 2, columns: 2, data: Float64Array.of(1e6, 0, -1e300, 1e300) };
    expect([...kernelRidge.predict(state, far).values]).toEqual([state.intercept, state.intercept]);
  });

  test('of rows that are all the same predicts their mean', () => {
    const same = { rows: 3, columns: 1, data: Float64Array.of(2, 2, 2) };
    const state = kernelRidge.fit({ x: same, y: Float64Array.of(1, 2, 6), params: ridgeParams({}), seed: 1 });
    expect(kernelRidge.predict(state, same).values[0]).toBeCloseTo(3, 12);
  });
});

test('of very many rows a rare class is learned all the same', () => {
  const count = 60_000;
  const rare = 3;
  const data = Float64Array.from({ length: count }, (_, i) => (i < rare ? 9 : (i % 1000) / 1000));
  const y = Float64Array.from(data, (_, i) => (i < rare ? 2 : i % 2));
  const estimator = estimatorNamed('kernel_logistic', 'multiclass');
  const params = resolveParams('kernel_logistic', estimator.params, { n_components: 20, C: 100 });
  const state = estimator.fit({ x: { rows: count, columns: 1, data }, y, classes: 3, params, seed: 1 });
  const { values } = estimator.predict(state, { rows: 2, columns: 1, data: Float64Array.of(9, 0.5) });
  expect(values[2]).toBeGreaterThan(0.5);
  expect(values[5]).toBeLessThan(0.001);
});
