import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { countedRows } from '../counted-rows.ts';
import type { Training } from '../estimator.ts';
import type { ParamValues } from '../params.ts';
import { buildKdTree, type KdTree } from './k-d-tree.ts';
import { NeighbourSearch } from './neighbour-search.ts';
import { type Neighbours, WeightedSearch } from './weighted-search.ts';

export const knnParams = {
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

export type KnnState = Readonly<ParamValues<typeof knnParams>> & {
  readonly tree: KdTree;
  readonly y: Float64Array;
  /** How much each training row counts, above 0. @default 1 each */
  readonly rowWeights?: Float64Array;
};

const trees = new Derived<Matrix, KdTree>();

export function fitKnn({ params, ...training }: Training<typeof knnParams>): KnnState {
  const { x, y, weights, unit } = countedRows(training);
  const rowWeights = weights && { rowWeights: weights.map((weight) => weight / unit) };
  const tree = trees.of(x, [], () => buildKdTree(x, worthwhileDepth(x)));
  return { ...params, tree, y: y.slice(), ...rowWeights };
}

// Leaves of about 40 rows were the fastest to search, of 8 columns.
const LEAF = 40;
/** So many are searched for a row, about. */
const LEAVES = 10;

/** How often to halve the rows: never where looking at all of them is as fast, or boxes would rule out too few. */
function worthwhileDepth({ rows, columns }: Matrix): number {
  return rows < 2000 || columns > 20 ? 0 : Math.round(Math.log2(rows / LEAF));
}

/** All of them, or, where boxes rule most out, those of some leaves. */
export const comparedRows = ({ tree }: KnnState): number =>
  tree.depth === 0 ? tree.rows.length : Math.min(tree.rows.length, LEAVES * LEAF);

/** Training rows that vote on a row. */
export interface Voters extends Neighbours {
  /** Whether the distances are squares. */
  readonly areSquares: boolean;
}

/**
 * The training rows that vote on each row of x, one after the other.
 *
 * @param visit is given a row, and its voters as they are until it returns
 */
export function visitVoters(
  { tree, y, rowWeights, n_neighbors, p }: KnnState,
  x: Matrix,
  visit: (row: number, voters: Voters) => void,
): void {
  const search = rowWeights
    ? new WeightedSearch(tree, rowWeights, n_neighbors, p)
    : new NeighbourSearch(tree, Math.min(n_neighbors, y.length), p);
  for (let i = 0; i < x.rows; i++) {
    const { distances, rows, counts }: Neighbours = search.search(x.data, i * x.columns);
    visit(i, { distances, rows, ...(counts && { counts }), areSquares: search.areSquares });
  }
}

/** By the inverse of the distances, in units of the first; where training rows are at distance zero, only they count. */
export function votesByDistance({ distances, counts, areSquares }: Voters): Float64Array {
  const first = distances[0]!;
  const votes = distances.map((distance) => {
    if (first === 0) return Number(distance === 0);
    return areSquares ? Math.sqrt(first / distance) : first / distance;
  });
  if (counts) for (let i = 0; i < votes.length; i++) votes[i]! *= counts[i]!;
  return votes;
}
