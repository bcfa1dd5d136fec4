import { gramOf } from './gram.ts';
import { leastSquares } from './least-squares.ts';
import { type LinearState, linearState, predictLinear } from './linear-model.ts';
import type { Regressor } from './regressor.ts';

/**
 * Ordinary least squares with an intercept.
 *
 * Source: scikit-learn 1.9, `LinearRegression`.
 */
export const linear: Regressor<Record<never, never>, LinearState> = {
  title: 'Linear regression',
  params: {},
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  fit(x, y) {
    const gram = gramOf(x, y, true);
    return linearState(gram, leastSquares(gram));
  },
  predict: predictLinear,
};
