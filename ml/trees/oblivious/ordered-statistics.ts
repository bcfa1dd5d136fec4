import { type Candidate, partingOf, type Split, setLeaves, splitCount } from './candidate.ts';
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
  /** The sampled rows of each leaf, in the order of the fold. */
  #leaves: Uint32Array[] = [];
  /** Where in that order each row stands. */
  readonly #place: Uint32Array;
  readonly #histogram = new Float64Array(256 * WIDTH);
  readonly #scores: ScoreSums = new Float64Array(512);
  #prefixes: readonly Prefix[] = [];
  #weights: Float64Array = new Float64Array();

  constructor(rows: number, l2: number) {
    this.#l2 = l2;
    this.#place = new Uint32Array(rows);
  }

  /** Begins a tree: rows of weight 0 are left out. */
  begin(order: Uint32Array, prefixes: readonly Prefix[], weights: Float64Array): void {
    this.#prefixes = prefixes;
    this.#weights = weights;
    for (let at = 0; at < order.length; at++) this.#place[order[at]!] = at;
    this.#leaves = [order.filter((row) => weights[row]! > 0)];
  }

  sums(candidate: Candidate): ScoreSums {
    this.#scores.fill(0);
    for (const rows of this.#leaves)
      for (const prefix of this.#prefixes) if (this.#fill(prefix, rows, candidate.bins)) this.#addLeaf(candidate);
    return this.#scores;
  }

  split({ candidate: { bins }, right }: Split): void {
    const sides = [0, 1].map((side) => this.#leaves.map((rows) => rows.filter((row) => right[bins[row]!] === side)));
    this.#leaves = sides.flat();
  }

  setLeaves(leafOf: Uint16Array, splits: readonly Split[]): void {
    setLeaves(leafOf, splits.map(partingOf));
  }

  isTaken(leaf: number): boolean {
    return this.#leaves[leaf]!.length > 0;
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
    const scores = this.#scores;
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
      scores[2 * place]! += a * side[2]! + b * (total[2]! - side[2]!);
      scores[2 * place + 1]! += a * a * side[3]! + b * b * (total[3]! - side[3]!);
    }
  }
}
