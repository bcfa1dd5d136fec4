import type { KdTree } from './k-d-tree.ts';
import { NeighbourSearch } from './neighbour-search.ts';

/** The rows nearest to a point, nearest first. */
export interface Neighbours {
  readonly distances: Float64Array;
  readonly rows: Uint32Array;
  /** How many neighbours each row stands for, above 0. @default 1 each */
  readonly counts?: Float64Array;
}

/** Finds the nearest rows whose weights come to k; all of them where they come to less. */
export class WeightedSearch {
  readonly #tree: KdTree;
  /** One a row, above 0. */
  readonly #weights: Float64Array;
  readonly #k: number;
  readonly #p: number;
  #search: NeighbourSearch;
  /** How many rows are looked for: as many as the points before needed. */
  #rows: number;

  constructor(tree: KdTree, weights: Float64Array, k: number, p: number) {
    this.#tree = tree;
    this.#weights = weights;
    this.#k = k;
    this.#p = p;
    this.#rows = Math.min(k, weights.length);
    this.#search = new NeighbourSearch(tree, this.#rows, p);
  }

  /** Whether the distances of the last search are squares. */
  get areSquares(): boolean {
    return this.#search.areSquares;
  }

  search(data: Float64Array, at: number): Neighbours {
    for (;;) {
      const { distances, rows } = this.#search.search(data, at);
      const counts = this.#countsOf(rows);
      if (counts || rows.length === this.#weights.length) {
        const all = counts ?? Float64Array.from(rows, (row) => this.#weights[row]!);
        return { distances: distances.subarray(0, all.length), rows: rows.subarray(0, all.length), counts: all };
      }
      this.#rows = Math.min(2 * this.#rows, this.#weights.length);
      this.#search = new NeighbourSearch(this.#tree, this.#rows, this.#p);
    }
  }

  /** Of the first rows, as many as it takes: their weights, of the last one what is left up to k; undefined of too few. */
  #countsOf(rows: Uint32Array): Float64Array | undefined {
    let left = this.#k;
    for (let i = 0; i < rows.length; i++) {
      const weight = this.#weights[rows[i]!]!;
      if (weight >= left)
        return Float64Array.from(rows.subarray(0, i + 1), (row, at) => (at < i ? this.#weights[row]! : left));
      left -= weight;
    }
    return undefined;
  }
}
