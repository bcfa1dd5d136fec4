import { createRequire } from 'node:module';
import { rowOf } from '../../core/matrix.ts';
import type { Estimator } from '../estimator.ts';
import { type LinearState, predictLinear } from '../linear/linear-model.ts';

// Loaded where it is tried: these are dozens of files, which no other model needs.
const require = createRequire(import.meta.url);

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
    const { MultivariateLinearRegression } = require('ml-regression') as typeof import('ml-regression');
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
