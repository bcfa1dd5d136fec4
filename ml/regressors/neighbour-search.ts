import type { KdTree } from './k-d-tree.ts';
import { Nearest } from './nearest.ts';

/**
 * Finds the rows nearest to a point in a k-d tree; what it finds is what looking at every row would find.
 *
 * Distances are sums of differences, or of their squares: their order is that of the distances, and they need no root. A box is as far
 * as its nearest corner, side or inside; summed in the same order as a row's, each term being at most the row's, its rounded
 * sum is at most that of any row in it. So a box that is farther than the last neighbour has none.
 *
 * Source: Friedman, Bentley and Finkel 1977, section 3.
 */
export class NeighbourSearch {
  readonly nearest: Nearest;
  readonly #tree: KdTree;
  readonly #squared: boolean;
  readonly #point: Float64Array;

  constructor(tree: KdTree, k: number, p: number) {
    this.nearest = new Nearest(k);
    this.#tree = tree;
    this.#squared = p === 2;
    this.#point = new Float64Array(tree.columns);
  }

  /** Finds those nearest to the point whose numbers stand in `data` from `at` on. */
  search(data: Float64Array, at: number): Nearest {
    const point = this.#point;
    for (let c = 0; c < point.length; c++) point[c] = data[at + c]!;
    this.nearest.clear();
    this.#visit(0, 0, this.#tree.rows.length, 0);
    return this.nearest;
  }

  #visit(node: number, start: number, end: number, level: number): void {
    if (level === this.#tree.depth) {
      if (this.#squared) this.#offerBySquares(start, end);
      else this.#offerByDifferences(start, end);
      return;
    }
    const { nearest } = this;
    const middle = (start + end) >>> 1;
    const toFirst = this.#distanceToBox(2 * node + 1);
    const toSecond = this.#distanceToBox(2 * node + 2);
    const firstIsNearer = toFirst <= toSecond;
    if (firstIsNearer && toFirst <= nearest.farthest) this.#visit(2 * node + 1, start, middle, level + 1);
    if (toSecond <= nearest.farthest) this.#visit(2 * node + 2, middle, end, level + 1);
    if (!firstIsNearer && toFirst <= nearest.farthest) this.#visit(2 * node + 1, start, middle, level + 1);
  }

  #distanceToBox(node: number): number {
    const { columns, boxes } = this.#tree;
    const point = this.#point;
    const low = 2 * columns * node;
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const value = point[c]!;
      const outside = Math.max(boxes[low + c]! - value, value - boxes[low + columns + c]!, 0);
      sum += this.#squared ? outside * outside : outside;
    }
    return sum;
  }

  // Two loops that differ in a term: one that asks which at each term takes twice the time.
  #offerBySquares(start: number, end: number): void {
    const { columns, points, rows } = this.#tree;
    const { nearest } = this;
    const point = this.#point;
    for (let i = start; i < end; i++) {
      const limit = nearest.farthest;
      const at = i * columns;
      let sum = 0;
      // Past the last neighbour it may stop short.
      for (let c = 0; c < columns && sum <= limit; c++) {
        const difference = point[c]! - points[at + c]!;
        sum += difference * difference;
      }
      nearest.offer(sum, rows[i]!);
    }
  }

  #offerByDifferences(start: number, end: number): void {
    const { columns, points, rows } = this.#tree;
    const { nearest } = this;
    const point = this.#point;
    for (let i = start; i < end; i++) {
      const limit = nearest.farthest;
      const at = i * columns;
      let sum = 0;
      for (let c = 0; c < columns && sum <= limit; c++) sum += Math.abs(point[c]! - points[at + c]!);
      nearest.offer(sum, rows[i]!);
    }
  }
}
