import { gramOf } from './gram.ts';
import { leastSquares } from './least-squares.ts';
import { type LinearState, linearState, predictLinear } from './linear-model.ts';
import type { Regressor } from './regressor.ts';

const params = {
  alpha: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e12,
    description: 'how much the sum of squared coefficients counts against the sum of squared errors',
  },
  fit_intercept: { type: 'boolean', default: true, description: 'whether there is an intercept; it is not penalised' },
} as const;

/**
 * Least squares with a penalty on the squares of the coefficients, by its closed form.
 *
 * Source: scikit-learn 1.9, `Ridge`; Hoerl and Kennard 1970.
 */
export const ridge: Regressor<typeof params, LinearState> = {
  title: 'Ridge regression',
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  fit(x, y, { alpha, fit_intercept }) {
    const gram = gramOf(x, y, fit_intercept);
    return linearState(gram, leastSquares(gram, alpha));
  },
  predict: predictLinear,
};
