import { type Matrix, rowOf } from '../matrix.ts';
import type { ParamValues } from './params.ts';
import type { Regressor } from './regressor.ts';

const params = {
  n_neighbors: {
    type: 'integer',
    default: 5,
    min: 1,
    max: 1000,
    description: 'how many of the nearest training rows vote; all of them where there are fewer',
  },
  weights: {
    type: 'choice',
    default: 'uniform',
    choices: ['uniform', 'distance'],
    description: 'every neighbour alike, or by the inverse of its distance',
  },
  p: { type: 'integer', default: 2, min: 1, max: 2, description: 'distance: 1 sums the differences, 2 is Euclidean' },
} as const;

type KnnState = Readonly<ParamValues<typeof params>> & {
  readonly columns: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
};

/**
 * k nearest neighbours; of two training rows at the same distance the earlier one is nearer.
 *
 * Source: scikit-learn 1.9, `KNeighborsRegressor`.
 */
export const knn: Regressor<typeof params, KnnState> = {
  title: 'k nearest neighbours',
  params,
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  fit: (x, y, values) => ({ ...values, columns: x.columns, x: x.data.slice(), y: y.slice() }),
  predict(state, x) {
    const known: Matrix = { rows: state.y.length, columns: state.columns, data: state.x };
    const nearest = new Nearest(Math.min(state.n_neighbors, known.rows));
    return Float64Array.from({ length: x.rows }, (_, i) => {
      const row = rowOf(x, i);
      nearest.clear();
      for (let j = 0; j < known.rows; j++) {
        nearest.offer(distance(row, known.data, j * known.columns, state.p, nearest.farthest), j);
      }
      return state.weights === 'uniform' ? nearest.mean(state.y) : nearest.weightedMean(state.y, state.p);
    });
  },
};

/**
 * The sum of differences, or of their squares: its order is that of the distances, and it needs no root.
 * Past `limit` it may stop short, since such a row is no neighbour.
 */
function distance(row: Float64Array, data: Float64Array, offset: number, p: number, limit: number): number {
  let sum = 0;
  for (let c = 0; c < row.length && sum < limit; c++) {
    const difference = (row[c] as number) - (data[offset + c] as number);
    sum += p === 1 ? Math.abs(difference) : difference * difference;
  }
  return sum;
}

/** The k nearest rows so far, nearest first. */
class Nearest {
  readonly #distances: Float64Array;
  readonly #rows: Uint32Array;
  readonly #k: number;

  constructor(k: number) {
    this.#k = k;
    this.#distances = new Float64Array(k);
    this.#rows = new Uint32Array(k);
  }

  clear(): void {
    this.#distances.fill(Infinity);
    // Where every distance overflows, the first row stands in for all: some answer, and the same each time.
    this.#rows.fill(0);
  }

  /** The distance that a row must stay below to be one of them. */
  get farthest(): number {
    return this.#distances[this.#k - 1] as number;
  }

  offer(distance: number, row: number): void {
    const distances = this.#distances;
    if (distance >= this.farthest) return;
    let at = this.#k - 1;
    while (at > 0 && (distances[at - 1] as number) > distance) {
      distances[at] = distances[at - 1] as number;
      this.#rows[at] = this.#rows[at - 1] as number;
      at -= 1;
    }
    distances[at] = distance;
    this.#rows[at] = row;
  }

  mean(y: Float64Array): number {
    let sum = 0;
    for (const row of this.#rows) sum += y[row] as number;
    return sum / this.#k;
  }

  /** Where training rows are at distance zero, only they count. */
  weightedMean(y: Float64Array, p: number): number {
    const exact = this.#distances[0] === 0;
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < this.#k; i++) {
      const distance = this.#distances[i] as number;
      const weight = exact ? Number(distance === 0) : 1 / (p === 1 ? distance : Math.sqrt(distance));
      sum += weight * (y[this.#rows[i] as number] as number);
      weights += weight;
    }
    return sum / weights;
  }
}
