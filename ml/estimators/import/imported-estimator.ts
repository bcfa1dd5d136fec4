import { ParamError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import type { Estimator } from '../estimator.ts';
import { logistic } from '../losses/log-loss.ts';
import { importedContributions } from './imported-contributions.ts';
import type { ImportedState } from './imported-state.ts';
import { applyLink } from './links.ts';
import { sumsOf } from './sums.ts';

/** A model that another program trained: it predicts and explains, and learns nothing. @param program its name */
export const importedEstimator = (program: string): Estimator<Record<string, never>, ImportedState> => ({
  title: `${program}, imported`,
  tasks: ['regression', 'binary', 'multiclass'],
  params: {},
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  weighted: true,
  fit() {
    throw new ParamError(`a model of ${program} is imported (npm run import), and not trained`);
  },
  predict,
  contributions: importedContributions,
});

function predict(state: ImportedState, x: Matrix, threads = 1): Predictions {
  const { bases, classes, link, linkScale } = state;
  const sums = sumsOf(state, x, threads);
  const outputs = bases.length;
  if (classes === null) return oneOutput(applyLink(link, sums, outputs, linkScale));
  const values = new Float64Array(x.rows * classes.length);
  if (outputs === 1) {
    // Each probability of its own log-odds, so that a small one loses no digits.
    const negatives = sums.map((sum) => (link === 'logistic' ? logistic(-sum * linkScale) : Number.NaN));
    const positives = applyLink(link, sums, 1, linkScale);
    classes.forEach((own, k) => {
      for (let row = 0; row < x.rows; row++) {
        const positive = positives[row]!;
        values[row * 2 + k] = own === 1 ? positive : link === 'logistic' ? negatives[row]! : 1 - positive;
      }
    });
    return { rows: x.rows, outputs: 2, values };
  }
  const linked = applyLink(link, sums, outputs, linkScale);
  classes.forEach((own, k) => {
    for (let row = 0; row < x.rows; row++) values[row * classes.length + k] = linked[row * outputs + own]!;
  });
  return { rows: x.rows, outputs: classes.length, values };
}
