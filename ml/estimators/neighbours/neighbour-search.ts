import { largestSize, unitOf } from '../../core/moments.ts';
import type { KdTree } from './k-d-tree.ts';
import { Nearest } from './nearest.ts';

/**
 * Finds the rows nearest to a point in a k-d tree; what it finds is what looking at every row would find.
 *
 * Distances are sums of differences, or of their squares, which have the same order and need no root. That to a box is
 * that to its nearest point. Summed over the columns in the same order, no term being above a row's in the box, it
 * is at most that to the row, after rounding too: so a box that is farther than the last neighbour holds none.
 *
 * Source: Friedman, Bentley and Finkel 1977.
 */
export class NeighbourSearch {
  readonly nearest: Nearest;
  /** Whether the distances of the last search are squares. */
  areSquares: boolean;
  readonly #tree: KdTree;
  readonly #squared: boolean;
  readonly #point: Float64Array;

  constructor(tree: KdTree, k: number, p: number) {
    this.nearest = new Nearest(k);
    this.#tree = tree;
    this.#squared = p === 2;
    this.areSquares = this.#squared;
    this.#point = new Float64Array(tree.columns);
  }

  /** Finds those nearest to the point whose numbers stand in `data` from `at` on. */
  search(data: Float64Array, at: number): Nearest {
    const point = this.#point;
    for (let c = 0; c < point.length; c++) point[c] = data[at + c]!;
    this.nearest.clear();
    this.#visit(0, 0, this.#tree.rows.length, 0);
    this.areSquares = this.#squared;
    if (this.nearest.farthest === Infinity) this.#lookFar();
    return this.nearest;
  }

  /** Looks at every row again, where sums overflow: at halves of differences, in a unit of each row's own. */
  #lookFar(): void {
    const { columns, points, rows } = this.#tree;
    this.areSquares = false;
    this.nearest.clear();
    const differences = new Float64Array(columns);
    for (let i = 0; i < rows.length; i++) {
      for (let c = 0; c < columns; c++) differences[c] = this.#point[c]! / 2 - points[i * columns + c]! / 2;
      const unit = unitOf(largestSize(differences));
      let sum = 0;
      for (const difference of differences)
        sum += this.#squared ? (difference * unit) ** 2 : Math.abs(difference * unit);
      // The mean over the columns: the sum itself might overflow.
      this.nearest.offer((this.#squared ? Math.sqrt(sum) : sum) / columns / unit, rows[i]!);
    }
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
    const high = low + columns;
    const squared = this.#squared;
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const value = point[c]!;
      const below = boxes[low + c]! - value;
      const above = value - boxes[high + c]!;
      const outside = below > 0 ? below : above > 0 ? above : 0;
      sum += squared ? outside * outside : outside;
    }
    return sum;
  }

  // Two loops that differ in a term: to ask which it is would take as long as the term. This one, which is the default,
  // asks only at every fourth column whether a row is too far already.
  #offerBySquares(start: number, end: number): void {
    const { columns, points, rows } = this.#tree;
    const { nearest } = this;
    const point = this.#point;
    const fours = columns - (columns % 4);
    let limit = nearest.farthest;
    for (let i = start, at = start * columns; i < end; i++, at += columns) {
      let sum = 0;
      let c = 0;
      for (; c < fours && sum <= limit; c += 4) {
        const a = point[c]! - points[at + c]!;
        const b = point[c + 1]! - points[at + c + 1]!;
        const d = point[c + 2]! - points[at + c + 2]!;
        const e = point[c + 3]! - points[at + c + 3]!;
        sum = sum + a * a + b * b + d * d + e * e;
      }
      if (sum > limit) continue;
      for (; c < columns; c++) {
        const difference = point[c]! - points[at + c]!;
        sum += difference * difference;
      }
      if (sum > limit) continue;
      nearest.offer(sum, rows[i]!);
      limit = nearest.farthest;
    }
  }

  #offerByDifferences(start: number, end: number): void {
    const { columns, points, rows } = this.#tree;
    const { nearest } = this;
    const point = this.#point;
    let limit = nearest.farthest;
    for (let i = start, at = start * columns; i < end; i++, at += columns) {
      let sum = 0;
      for (let c = 0; c < columns && sum <= limit; c++) sum += Math.abs(point[c]! - points[at + c]!);
      if (sum > limit) continue;
      nearest.offer(sum, rows[i]!);
      limit = nearest.farthest;
    }
  }
}
