import { classShares as sharesOf } from '../../core/class-shares.ts';
import type { Estimator } from '../estimator.ts';

/** The baseline of classes: the share of each among the training rows, whatever the features. */
export const classShares: Estimator<Record<never, never>, { shares: Float64Array }> = {
  title: 'Shares of the classes (baseline)',
  tasks: ['binary', 'multiclass'],
  params: {},
  // It looks at none of them, so that no feature can make it fail.
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  inBlocks: true,
  weighted: true,
  fit: ({ y, weights, classes = 0 }) => ({ shares: sharesOf(y, classes, weights) }),
  predict({ shares }, { rows }) {
    const outputs = shares.length;
    const values = new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) values.set(shares, row * outputs);
    return { rows, outputs, values };
  },
  contributions({ shares }, { rows, columns }) {
    // Of two classes there is one output, of class 1.
    const bases = shares.length === 2 ? shares.slice(1) : shares.slice();
    const outputs = bases.length;
    return { rows, columns, outputs, bases, values: new Float64Array(rows * outputs * columns), scale: 'probability' };
  },
};
