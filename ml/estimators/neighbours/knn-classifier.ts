import type { Estimator } from '../estimator.ts';
import { comparedRows, fitKnn, type KnnState, knnParams, visitVoters, votesByDistance } from './knn-model.ts';

type KnnClassifierState = KnnState & { readonly classes: number };

/**
 * k nearest neighbours, whose votes are probabilities; neighbours and weights are those of the regressor.
 *
 * Source: scikit-learn 1.9, `KNeighborsClassifier`, which has no weights of rows.
 */
export const knnClassifier: Estimator<typeof knnParams, KnnClassifierState> = {
  title: 'k nearest neighbours',
  tasks: ['binary', 'multiclass'],
  params: knnParams,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  fit: ({ classes = 2, ...training }) => ({ ...fitKnn(training), classes }),
  comparedRows,
  predict(state, x) {
    const { y, classes, weights } = state;
    const values = new Float64Array(x.rows * classes);
    visitVoters(state, x, (i, voters) => {
      const { rows, counts } = voters;
      const votes = weights === 'uniform' ? counts : votesByDistance(voters);
      const own = values.subarray(i * classes, (i + 1) * classes);
      let total = 0;
      for (let at = 0; at < rows.length; at++) {
        const vote = votes ? votes[at]! : 1;
        own[y[rows[at]!]!]! += vote;
        total += vote;
      }
      for (let k = 0; k < classes; k++) own[k]! /= total;
    });
    return { rows: x.rows, outputs: classes, values };
  },
};
