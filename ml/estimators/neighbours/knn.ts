import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { meanOf } from '../../core/moments.ts';
import { oneOutput } from '../../core/predictions.ts';
import { countedRows } from '../counted-rows.ts';
import type { Estimator } from '../estimator.ts';
import type { ParamValues } from '../params.ts';
import { buildKdTree, type KdTree } from './k-d-tree.ts';
import { NeighbourSearch } from './neighbour-search.ts';
import { type Neighbours, WeightedSearch } from './weighted-search.ts';

const params = {
  n_neighbors: {
    type: 'integer',
    default: 5,
    min: 1,
    max: 1000,
    description: 'how many of the nearest training rows vote; all of them where there are fewer',
    search: { low: 2, high: 50, scale: 'log', grid: [3, 5, 10, 20] },
  },
  weights: {
    type: 'choice',
    default: 'uniform',
    choices: ['uniform', 'distance'],
    description: 'every neighbour alike, or by the inverse of its distance',
    search: { among: ['uniform', 'distance'], grid: true },
  },
  p: {
    type: 'integer',
    default: 2,
    min: 1,
    max: 2,
    search: { low: 1, high: 2, scale: 'linear' },
    description: 'distance: 1 sums the differences, 2 is Euclidean',
  },
} as const;

type KnnState = Readonly<ParamValues<typeof params>> & {
  readonly tree: KdTree;
  readonly y: Float64Array;
  /** How much each training row counts, above 0. @default 1 each */
  readonly rowWeights?: Float64Array;
};

const trees = new Derived<Matrix, KdTree>();

/**
 * k nearest neighbours; of two training rows at the same distance the earlier one is nearer.
 *
 * A training row of weight w is w neighbours at the same place: the nearest rows vote whose weights come to k, the last
 * of them with as much of its weight as is left. So it matters what weights sum to.
 *
 * Source: scikit-learn 1.9, `KNeighborsRegressor`, which has no weights of rows.
 */
export const knn: Estimator<typeof params, KnnState> = {
  title: 'k nearest neighbours',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  weighted: true,
  fit({ params: values, ...training }) {
    const { x, y, weights, unit } = countedRows(training);
    const rowWeights = weights && { rowWeights: weights.map((weight) => weight / unit) };
    const tree = trees.of(x, [], () => buildKdTree(x, worthwhileDepth(x)));
    return { ...values, tree, y: y.slice(), ...rowWeights };
  },
  predict({ tree, y, rowWeights, n_neighbors, weights, p }, x) {
    const neighbours = rowWeights
      ? new WeightedSearch(tree, rowWeights, n_neighbors, p)
      : new NeighbourSearch(tree, Math.min(n_neighbors, y.length), p);
    const predictions = new Float64Array(x.rows);
    for (let i = 0; i < x.rows; i++) {
      const nearest: Neighbours = neighbours.search(x.data, i * x.columns);
      predictions[i] = weights === 'uniform' ? mean(nearest, y) : meanByDistance(nearest, y, neighbours.areSquares);
    }
    return oneOutput(predictions);
  },
};

// Leaves of about 40 rows were the fastest to search, of 8 columns.
const LEAF = 40;

/** How often to halve the rows: never where looking at all of them is as fast, or boxes would rule out too few. */
function worthwhileDepth({ rows, columns }: Matrix): number {
  return rows < 2000 || columns > 20 ? 0 : Math.round(Math.log2(rows / LEAF));
}

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

/** By the inverse of the distances, in units of the first; where training rows are at distance zero, only they count. */
function meanByDistance({ distances, rows, counts }: Neighbours, y: Float64Array, areSquares: boolean): number {
  const first = distances[0]!;
  const weights = distances.map((distance) => {
    if (first === 0) return Number(distance === 0);
    return areSquares ? Math.sqrt(first / distance) : first / distance;
  });
  if (counts) for (let i = 0; i < weights.length; i++) weights[i]! *= counts[i]!;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += (weights[i]! / total) * y[rows[i]!]!;
  return sum;
}
