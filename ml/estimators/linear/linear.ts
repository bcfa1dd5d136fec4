import type { Estimator } from '../estimator.ts';
import { fitLeastSquares } from './fit-least-squares.ts';
import { type LinearState, linearContributions, predictLinear } from './linear-model.ts';

/** Directions in which x is this much shorter than in its longest are left out, as the reference's `tol` has it. */
const CUT_OFF = 1e-6;

/**
 * Ordinary least squares with an intercept.
 *
 * Source: scikit-learn 1.9, `LinearRegression`.
 */
export const linear: Estimator<Record<never, never>, LinearState> = {
  title: 'Linear regression',
  tasks: ['regression'],
  params: {},
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  inBlocks: true,
  weighted: true,
  fit: (training) => fitLeastSquares(training, { centred: true, ridge: 0, cutOff: CUT_OFF }),
  predict: predictLinear,
  contributions: linearContributions,
};
