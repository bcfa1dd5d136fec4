import { createRandom } from '../../core/random.ts';
import { countedRows } from '../counted-rows.ts';
import type { Estimator, Training } from '../estimator.ts';
import { coordinateDescent } from './coordinate-descent.ts';
import { gramOf, inUnits, plainGramOf, vanishingColumn } from './gram.ts';
import { type LinearState, linearContributions, linearState, predictLinear } from './linear-model.ts';

/** What the lasso has too. */
export const lassoParams = {
  alpha: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1e12,
    description: 'how much the penalty counts against half the mean squared error; ridge or linear are better for 0',
    search: { low: 0.0001, high: 0.3, scale: 'log', unit: 'target', grid: [0.001, 0.01, 0.1] },
  },
  fit_intercept: { type: 'boolean', default: true, description: 'whether there is an intercept; it is not penalised' },
  max_iter: { type: 'integer', default: 1000, min: 1, max: 1e9, description: 'how often each coefficient may be set' },
  tol: {
    type: 'number',
    default: 1e-4,
    min: 0,
    max: 1,
    description: 'the duality gap at which to stop, as a share of the sum of squared targets',
  },
  positive: { type: 'boolean', default: false, description: 'whether no coefficient may be below 0' },
  selection: {
    type: 'choice',
    default: 'cyclic',
    choices: ['cyclic', 'random'],
    description: 'which coefficient is set next: the next, or any',
  },
} as const;

const params = {
  ...lassoParams,
  l1_ratio: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    description: 'the share of the penalty that is on the absolute coefficients; the rest is on half their squares',
    search: { low: 0.05, high: 0.95, scale: 'linear', grid: [0.2, 0.5, 0.8] },
  },
} as const;

/**
 * Least squares with a penalty on the coefficients and on their squares.
 *
 * Source: scikit-learn 1.9, `ElasticNet`; Zou and Hastie 2005.
 */
export const elasticNet: Estimator<typeof params, LinearState> = {
  title: 'Elastic net',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  inBlocks: true,
  weighted: true,
  fit: fitElasticNet,
  predict: predictLinear,
  contributions: linearContributions,
};

export function fitElasticNet({ params: values, seed, onWarning, ...training }: Training<typeof params>): LinearState {
  const { alpha, l1_ratio, fit_intercept, max_iter, tol, positive, selection } = values;
  const rows = countedRows(training);
  const { x, total } = rows;
  const scaled = gramOf(rows, fit_intercept);
  // Where columns vanish beside others, it is the others, whose squares overflow, that the reference gives no coefficient.
  const gram = vanishingColumn(x, scaled) < 0 ? scaled : plainGramOf(rows, fit_intercept);
  const { xUnit, yUnit } = gram;
  const l1 = inUnits(alpha * l1_ratio * total, xUnit, yUnit);
  const penalty = { l1, l2: inUnits(alpha * (1 - l1_ratio) * total, xUnit, xUnit), positive };
  const random = selection === 'random' ? createRandom(seed) : null;
  const onUnconverged = (gap: number) =>
    onWarning?.(
      `it has not converged within max_iter ${max_iter}: its duality gap is ${gap.toPrecision(2)} of the sum of squared ` +
        `targets, above tol ${tol}; raise max_iter or tol, or take a larger alpha`,
    );
  const descent = { maxSweeps: max_iter, tolerance: tol, random, onUnconverged };
  return linearState(rows, gram, coordinateDescent(gram, penalty, descent));
}
