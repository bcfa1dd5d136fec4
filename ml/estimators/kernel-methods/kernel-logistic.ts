import type { Estimator } from '../estimator.ts';
import { logisticRegression } from '../logistic/logistic.ts';
import { predictLogistic } from '../logistic/logistic-model.ts';
import { kernelParams } from './kernel.ts';
import { kernelFeatures, learnedRows, ofComparisons } from './kernel-features.ts';
import { eachComparison, type KernelState } from './kernel-state.ts';

const { class_weight, tol, max_iter } = logisticRegression.params;
const params = {
  C: {
    type: 'number',
    default: 1,
    min: 1e-12,
    max: 1e5,
    description: 'how much the sum of losses counts against the squared norm of the function',
    search: { low: 0.01, high: 1000, scale: 'log', grid: [0.1, 1, 10, 100] },
  },
  ...kernelParams,
  class_weight,
  tol,
  max_iter,
} as const;

type KernelLogisticState = KernelState & {
  readonly intercepts: Float64Array;
  /** outputs × landmarks. */
  readonly coefficients: Float64Array;
};

/**
 * Logistic regression in the space of a kernel: smooth functions, which trees are not. Rows are compared with some that stand for all.
 *
 * Source: scikit-learn 1.9, `Nystroem` and `LogisticRegression`; Zhu and Hastie 2005, Kernel logistic regression and the import vector
 * machine.
 */
export const kernelLogistic: Estimator<typeof params, KernelLogisticState> = {
  title: 'Kernel logistic regression',
  tasks: ['binary', 'multiclass'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  inBlocks: true,
  fit({ params: values, ...training }) {
    const { C, class_weight, tol, max_iter } = values;
    const known = kernelFeatures({ ...training, params: values });
    const { intercepts, coefficients } = logisticRegression.fit({
      ...training,
      ...learnedRows(known, training),
      params: { C, class_weight, tol, max_iter, l1_ratio: 0, fit_intercept: true },
    });
    const { kernel, landmarks } = known;
    const { count, points } = landmarks;
    const compared = new Float64Array(coefficients.length);
    for (let at = 0; at < coefficients.length; at += count)
      compared.set(ofComparisons(landmarks, coefficients.subarray(at, at + count)), at);
    return { ...kernel, points, intercepts, coefficients: compared };
  },
  comparedRows: ({ intercepts, coefficients }) => coefficients.length / intercepts.length,
  predict(state, x) {
    const { intercepts, coefficients } = state;
    const outputs = Math.max(intercepts.length, 2);
    const values = new Float64Array(x.rows * outputs);
    eachComparison(state, coefficients.length / intercepts.length, x, (compared, first) => {
      values.set(predictLogistic({ intercepts, coefficients }, compared).values, first * outputs);
    });
    return { rows: x.rows, outputs, values };
  },
};
