import { MultivariateLinearRegression } from 'ml-regression';
import { rowOf } from '../../core/matrix.ts';
import type { Estimator } from '../estimator.ts';
import { type LinearState, predictLinear } from '../linear/linear-model.ts';

/**
 * The least squares of the npm package ml-regression, for comparison.
 *
 * Source: ml-regression 6.3, `MultivariateLinearRegression`.
 */
export const mlRegression: Estimator<Record<never, never>, LinearState> = {
  title: 'Linear regression of ml-regression',
  tasks: ['regression'],
  params: {},
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: false,
  fit({ x, y }) {
    const { weights } = new MultivariateLinearRegression(
      Array.from({ length: x.rows }, (_, i) => Array.from(rowOf(x, i))),
      Array.from(y, (target) => [target]),
      { intercept: true, statistics: false },
    );
    const coefficients = weights.map(([weight]) => weight as number);
    const intercept = coefficients.pop() as number;
    return { intercept, coefficients };
  },
  predict: predictLinear,
};
