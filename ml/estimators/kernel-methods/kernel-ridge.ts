import { oneOutput } from '../../core/predictions.ts';
import type { Estimator } from '../estimator.ts';
import { fitLeastSquares } from '../linear/fit-least-squares.ts';
import { predictLinear } from '../linear/linear-model.ts';
import { kernelParams } from './kernel.ts';
import { kernelFeatures, learnedRows, ofComparisons } from './kernel-features.ts';
import { eachComparison, type KernelState } from './kernel-state.ts';

const params = {
  alpha: {
    type: 'number',
    default: 1,
    min: 1e-4,
    max: 1e12,
    description: 'how much the squared norm of the function counts against the sum of squared errors',
    search: { low: 0.001, high: 100, scale: 'log', grid: [0.01, 0.1, 1, 10] },
  },
  ...kernelParams,
  fit_intercept: { type: 'boolean', default: true, description: 'whether there is an intercept; it is not penalised' },
} as const;

type KernelRidgeState = KernelState & {
  readonly intercept: number;
  /** One a landmark. */
  readonly coefficients: Float64Array;
};

/**
 * Ridge regression in the space of a kernel: smooth functions, which trees are not. Rows are compared with some that stand for all.
 *
 * Source: scikit-learn 1.9, `KernelRidge`, which has no intercept, and compares with all rows; `Nystroem` and `Ridge`.
 */
export const kernelRidge: Estimator<typeof params, KernelRidgeState> = {
  title: 'Kernel ridge regression',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  inBlocks: true,
  fit({ params: values, ...training }) {
    const { alpha, fit_intercept } = values;
    const known = kernelFeatures({ ...training, params: values });
    const rows = learnedRows(known, training);
    const { intercept, coefficients } = fitLeastSquares(rows, { centred: fit_intercept, ridge: alpha, cutOff: 0 });
    const { kernel, landmarks } = known;
    return { ...kernel, points: landmarks.points, intercept, coefficients: ofComparisons(landmarks, coefficients) };
  },
  comparedRows: ({ coefficients }) => coefficients.length,
  predict(state, x) {
    const { intercept, coefficients } = state;
    const predictions = new Float64Array(x.rows);
    eachComparison(state, coefficients.length, x, (compared, first) => {
      predictions.set(predictLinear({ intercept, coefficients }, compared).values, first);
    });
    return oneOutput(predictions);
  },
};
