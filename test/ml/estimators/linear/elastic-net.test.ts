import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { elasticNet } from '../../../../ml/estimators/linear/elastic-net.ts';
import { lasso } from '../../../../ml/estimators/linear/lasso.ts';
import { ridge } from '../../../../ml/estimators/linear/ridge.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';

const x: Matrix = { rows: 4, columns: 1, data: Float64Array.of(1, 2, 3, 4) };
const y = Float64Array.of(2, 2, 5, 4.5);
type Params = Parameters<typeof elasticNet.fit>[0]['params'];
const params = (given: Partial<Params>) => resolveParams('elastic_net', elasticNet.params, given) as Params;

test('of one column: soft thresholding by alpha · l1_ratio · rows, shrinking by the rest', () => {
  // (5.25 − 0.5 · 0.4 · 4) / (5 + 0.5 · 0.6 · 4).
  const { intercept, coefficients } = elasticNet.fit({ x, y, params: params({ alpha: 0.5, l1_ratio: 0.4 }), seed: 0 });
  expect(coefficients[0]).toBeCloseTo(4.45 / 6.2, 12);
  expect(intercept).toBeCloseTo(3.375 - (4.45 / 6.2) * 2.5, 12);
});

test('all of the penalty on absolute coefficients is the lasso', () => {
  const { l1_ratio: _, ...given } = params({ alpha: 0.3 });
  expect(lasso.fit({ x, y, params: given, seed: 0 })).toEqual(
    elasticNet.fit({ x, y, params: params({ alpha: 0.3, l1_ratio: 1 }), seed: 0 }),
  );
  expect(lasso.fit({ x, y, params: given, seed: 0 }).coefficients[0]).toBeCloseTo((5.25 - 1.2) / 5, 12);
});

test('none of it is ridge, whose alpha is not per row', () => {
  const expected = ridge.fit({ x, y, params: { alpha: 2, fit_intercept: false }, seed: 0 });
  const state = elasticNet.fit({ x, y, params: params({ alpha: 0.5, l1_ratio: 0, fit_intercept: false }), seed: 0 });
  expect(state.coefficients[0]).toBeCloseTo(expected.coefficients[0] as number, 12);
  expect(state.intercept).toBe(0);
});

test('a falling line has no positive slope', () => {
  const falling = y.toReversed();
  expect(
    elasticNet.fit({ x, y: falling, params: params({ alpha: 0.1, positive: true }), seed: 0 }).coefficients,
  ).toEqual([0]);
});

test.each([1e-250, 1e250])('numbers around %f are fitted as those around 1', (size) => {
  const scaled = { ...x, data: x.data.map((value) => value * size) };
  const expected = elasticNet.predict(elasticNet.fit({ x, y, params: params({ alpha: 0 }), seed: 0 }), x).values;
  const target = y.map((value) => value * size);
  elasticNet
    .predict(elasticNet.fit({ x: scaled, y: target, params: params({ alpha: 0 }), seed: 0 }), scaled)
    .values.forEach((value, i) => {
      expect(value / size).toBeCloseTo(expected[i] as number, 9);
    });
});

test('a fit that runs out of sweeps says so, and what to do; one that converges says nothing', () => {
  const pair: Matrix = { rows: 4, columns: 2, data: Float64Array.of(1, 1.1, 2, 1.9, 3, 3.2, 4, 3.9) };
  const warnings = (given: Partial<Params>) => {
    const said: string[] = [];
    elasticNet.fit({
      x: pair,
      y,
      params: params({ alpha: 0.001, ...given }),
      seed: 0,
      onWarning: (message) => said.push(message),
    });
    const { l1_ratio: _, ...values } = params({ alpha: 0.001, ...given });
    lasso.fit({ x: pair, y, params: values, seed: 0, onWarning: (message) => said.push(message) });
    return said;
  };
  expect(warnings({ max_iter: 2 })).toEqual([
    expect.stringMatching(/^it has not converged within max_iter 2: .* above tol 0.0001; raise max_iter or tol/),
    expect.stringMatching(/^it has not converged/),
  ]);
  expect(warnings({ max_iter: 10_000 })).toEqual([]);
  expect(warnings({ max_iter: 1, alpha: 1e6 })).toEqual([]);
});
