import { meanOf } from '../../core/moments.ts';
import { oneOutput } from '../../core/predictions.ts';
import type { Estimator } from '../estimator.ts';
import { comparedRows, fitKnn, type KnnState, knnParams, visitVoters, votesByDistance } from './knn-model.ts';
import type { Neighbours } from './weighted-search.ts';

/**
 * k nearest neighbours; of two training rows at the same distance the earlier one is nearer.
 *
 * A training row of weight w is w neighbours at the same place: the nearest rows vote whose weights come to k, the last
 * of them with as much of its weight as is left. So it matters what weights sum to.
 *
 * Source: scikit-learn 1.9, `KNeighborsRegressor`, which has no weights of rows.
 */
export const knn: Estimator<typeof knnParams, KnnState> = {
  title: 'k nearest neighbours',
  tasks: ['regression'],
  params: knnParams,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  fit: fitKnn,
  comparedRows,
  predict(state, x) {
    const predictions = new Float64Array(x.rows);
    visitVoters(state, x, (i, voters) => {
      predictions[i] =
        state.weights === 'uniform'
          ? mean(voters, state.y)
          : meanOfVotes(voters.rows, state.y, votesByDistance(voters));
    });
    return oneOutput(predictions);
  },
};

function mean({ rows, counts }: Neighbours, y: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const count = counts ? counts[i]! : 1;
    sum += count * y[rows[i]!]!;
    total += count;
  }
  if (Number.isFinite(sum)) return sum / total;
  const targets = Float64Array.from(rows, (row) => y[row]!);
  return meanOf(targets, counts);
}

function meanOfVotes(rows: Uint32Array, y: Float64Array, votes: Float64Array): number {
  let total = 0;
  for (let i = 0; i < votes.length; i++) total += votes[i]!;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += (votes[i]! / total) * y[rows[i]!]!;
  return sum;
}
