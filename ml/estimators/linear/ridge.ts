import type { Estimator } from '../estimator.ts';
import { fitLeastSquares } from './fit-least-squares.ts';
import { type LinearState, linearContributions, predictLinear } from './linear-model.ts';

const params = {
  alpha: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e12,
    description: 'how much the sum of squared coefficients counts against the sum of squared errors',
    search: { low: 0.001, high: 1000, scale: 'log', grid: [0.01, 0.1, 1, 10, 100] },
  },
  fit_intercept: { type: 'boolean', default: true, description: 'whether there is an intercept; it is not penalised' },
} as const;

/** Without a penalty, directions in which x is nothing but rounding are left out. */
const ROUNDING = 1e-14;

/**
 * Least squares with a penalty on the squares of the coefficients, by its closed form.
 *
 * Source: scikit-learn 1.9, `Ridge`; Hoerl and Kennard 1970.
 */
export const ridge: Estimator<typeof params, LinearState> = {
  title: 'Ridge regression',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  inBlocks: true,
  weighted: true,
  fit({ params: { alpha, fit_intercept }, ...rows }) {
    return fitLeastSquares(rows, { centred: fit_intercept, ridge: alpha, cutOff: alpha > 0 ? 0 : ROUNDING });
  },
  predict: predictLinear,
  contributions: linearContributions,
};
