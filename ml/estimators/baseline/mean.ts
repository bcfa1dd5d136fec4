import { meanOf } from '../../core/moments.ts';
import { oneOutput } from '../../core/predictions.ts';
import { ofOneOutput } from '../contributions.ts';
import type { Estimator } from '../estimator.ts';

/** The baseline: the mean of the training targets, whatever the features. */
export const mean: Estimator<Record<never, never>, { mean: number }> = {
  title: 'Mean of the target (baseline)',
  tasks: ['regression'],
  params: {},
  // It looks at none of them, so that no feature can make it fail.
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  inBlocks: true,
  weighted: true,
  fit: ({ y, weights }) => ({ mean: meanOf(y, weights) }),
  predict: (state, x) => oneOutput(new Float64Array(x.rows).fill(state.mean)),
  contributions: (state, { rows, columns }) =>
    ofOneOutput({ rows, columns, base: state.mean, values: new Float64Array(rows * columns) }),
};
