import { type Candidate, type Split, splitCount } from './candidate.ts';
import { LeafOrder } from './leaf-order.ts';
import type { Prefix } from './ordered-approx.ts';
import type { ScoreSums } from './score.ts';
import type { Statistics } from './statistics.ts';

/** What a histogram of Ordered boosting has of each bin: gradients and rows of the body, gradients and weights of the tail. */
const WIDTH = 4;

/**
 * The statistics of Ordered boosting: a split's leaves are valued by the body of each prefix, and scored by how well
 * these values fit the gradients of its tail, which they have not seen.
 */
export class OrderedStatistics implements Statistics {
  readonly #l2: number;
  readonly #order: LeafOrder;
  /** Where in the order each row stands. */
  readonly #place: Uint32Array;
  readonly #histogram = new Float64Array(256 * WIDTH);
  readonly #scores: ScoreSums = { products: new Float64Array(256), squares: new Float64Array(256) };
  #prefixes: readonly Prefix[] = [];
  #weights = new Float64Array();

  constructor(rows: number, depth: number, l2: number) {
    this.#l2 = l2;
    this.#order = new LeafOrder(rows, depth);
    this.#place = new Uint32Array(rows);
  }

  /** Begins a tree: rows of weight 0 are left out. */
  begin(order: Uint32Array, prefixes: readonly Prefix[], weights: Float64Array): void {
    this.#prefixes = prefixes;
    this.#weights = weights as Float64Array<ArrayBuffer>;
    for (let at = 0; at < order.length; at++) this.#place[order[at]!] = at;
    this.#order.begin(weights, weights, order);
  }

  sums(candidate: Candidate): ScoreSums {
    const { products, squares } = this.#scores;
    products.fill(0, 0, splitCount(candidate));
    squares.fill(0, 0, splitCount(candidate));
    for (let leaf = 0; leaf < this.#order.leaves; leaf++) {
      const rows = this.#order.rowsOf(leaf);
      for (const prefix of this.#prefixes) {
        if (!this.#fill(prefix, rows, candidate.bins)) continue;
        this.#addLeaf(candidate);
      }
    }
    return this.#scores;
  }

  split(split: Split): void {
    this.#order.split(split);
  }

  /** Makes the histogram of a prefix within a leaf, whose rows are in order; returns whether its tail has any there. */
  #fill({ body, end, residuals }: Prefix, rows: Uint32Array, bins: Uint8Array): boolean {
    const histogram = this.#histogram;
    const place = this.#place;
    histogram.fill(0);
    let hasTail = false;
    for (const row of rows) {
      if (place[row]! >= end) break;
      const at = WIDTH * bins[row]!;
      if (place[row]! < body) {
        histogram[at]! += residuals[row]!;
        histogram[at + 1]! += 1;
      } else {
        histogram[at + 2]! += this.#weights[row]! * residuals[row]!;
        histogram[at + 3]! += this.#weights[row]!;
        hasTail = true;
      }
    }
    return hasTail;
  }

  #addLeaf(candidate: Candidate): void {
    const { products, squares } = this.#scores;
    const histogram = this.#histogram;
    const end = WIDTH * candidate.binCount;
    const total = [0, 0, 0, 0];
    for (let i = 0; i < end; i++) total[i % WIDTH]! += histogram[i]!;
    const side = [0, 0, 0, 0];
    for (let place = 0; place < splitCount(candidate); place++) {
      for (let i = 0; i < WIDTH; i++) side[i] = (candidate.oneHot ? 0 : side[i]!) + histogram[WIDTH * place + i]!;
      const a = side[1]! > 0 ? side[0]! / (side[1]! + this.#l2) : 0;
      const rows = total[1]! - side[1]!;
      const b = rows > 0 ? (total[0]! - side[0]!) / (rows + this.#l2) : 0;
      products[place]! += a * side[2]! + b * (total[2]! - side[2]!);
      squares[place]! += a * a * side[3]! + b * b * (total[3]! - side[3]!);
    }
  }
}
