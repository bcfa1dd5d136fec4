import { meanOf } from '../../core/moments.ts';
import type { Regressor } from '../estimator.ts';

/** The baseline: the mean of the training targets, whatever the features. */
export const mean: Regressor<Record<never, never>, { mean: number }> = {
  title: 'Mean of the target (baseline)',
  params: {},
  // It looks at none of them, so that no feature can make it fail.
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  fit: (_x, y) => ({ mean: meanOf(y) }),
  predict: (state, x) => new Float64Array(x.rows).fill(state.mean),
};
