import type { Regressor } from '../estimator.ts';
import { fitElasticNet, lassoParams } from './elastic-net.ts';
import { type LinearState, predictLinear } from './linear-model.ts';

/**
 * Least squares with a penalty on the absolute coefficients, which leaves many of them 0: the elastic net without its
 * other penalty.
 *
 * Source: scikit-learn 1.9, `Lasso`; Tibshirani 1996.
 */
export const lasso: Regressor<typeof lassoParams, LinearState> = {
  title: 'Lasso',
  params: lassoParams,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  fit: (x, y, values, seed, options) => fitElasticNet(x, y, { ...values, l1_ratio: 1 }, seed, options),
  predict: predictLinear,
};
