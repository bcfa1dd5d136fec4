import type { Estimator } from '../estimator.ts';
import { fitElasticNet, lassoParams } from './elastic-net.ts';
import { type LinearState, linearContributions, predictLinear } from './linear-model.ts';

/**
 * Least squares with a penalty on the absolute coefficients, which leaves many of them 0: the elastic net without its
 * other penalty.
 *
 * Source: scikit-learn 1.9, `Lasso`; Tibshirani 1996.
 */
export const lasso: Estimator<typeof lassoParams, LinearState> = {
  title: 'Lasso',
  tasks: ['regression'],
  params: lassoParams,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  inBlocks: true,
  weighted: true,
  fit: (training) => fitElasticNet({ ...training, params: { ...training.params, l1_ratio: 1 } }),
  predict: predictLinear,
  contributions: linearContributions,
};
