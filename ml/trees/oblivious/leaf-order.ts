import type { Split } from './candidate.ts';

/**
 * The sampled rows of a round in the order of their leaves, each with its gradient and weight beside it, so that
 * whoever sums over a leaf reads straight on.
 */
export class LeafOrder {
  readonly #rows: Uint32Array;
  /** For each row, its gradient times its weight, and its weight. */
  readonly #pairs: Float64Array;
  readonly #spareRows: Uint32Array;
  readonly #sparePairs: Float64Array;
  readonly #start: Uint32Array;
  readonly #end: Uint32Array;
  #leaves = 1;
  #sampled = 0;

  constructor(rows: number, depth: number) {
    this.#rows = new Uint32Array(rows);
    this.#pairs = new Float64Array(2 * rows);
    this.#spareRows = new Uint32Array(rows);
    this.#sparePairs = new Float64Array(2 * rows);
    this.#start = new Uint32Array(2 ** depth);
    this.#end = new Uint32Array(2 ** depth);
  }

  /** How many rows are in the sample. */
  get sampled(): number {
    return this.#sampled;
  }

  get leaves(): number {
    return this.#leaves;
  }

  /** How many sampled rows a leaf has. */
  count(leaf: number): number {
    return this.#end[leaf]! - this.#start[leaf]!;
  }

  /** The sampled rows of a leaf, in the order in which they came. */
  rowsOf(leaf: number): Uint32Array {
    return this.#rows.subarray(this.#start[leaf], this.#end[leaf]);
  }

  /** Begins a tree with all rows in one leaf, in some order, but for those of weight 0, which are left out. */
  begin(gradients: Float64Array, weights: Float64Array, order?: Uint32Array): void {
    const rows = this.#rows;
    const pairs = this.#pairs;
    let sampled = 0;
    for (let i = 0; i < gradients.length; i++) {
      const row = order === undefined ? i : order[i]!;
      const weight = weights[row]!;
      rows[sampled] = row;
      pairs[2 * sampled] = weight * gradients[row]!;
      pairs[2 * sampled + 1] = weight;
      sampled += weight > 0 ? 1 : 0;
    }
    this.#leaves = 1;
    this.#sampled = sampled;
    this.#start[0] = 0;
    this.#end[0] = sampled;
  }

  /** Splits every leaf in two: what goes right becomes a leaf of its own, as many leaves further on. */
  split({ candidate: { bins }, right }: Split): void {
    for (let leaf = 0; leaf < this.#leaves; leaf++) this.#part(leaf, bins, right);
    this.#leaves *= 2;
  }

  /** The sums over the rows of a leaf. */
  sum(leaf: number): { gradients: number; weights: number } {
    const pairs = this.#pairs;
    const end = 2 * this.#end[leaf]!;
    let gradients = 0;
    let weights = 0;
    for (let i = 2 * this.#start[leaf]!; i < end; i += 2) {
      gradients += pairs[i]!;
      weights += pairs[i + 1]!;
    }
    return { gradients, weights };
  }

  /** Adds the rows of a leaf to a histogram: at `at`, for each bin in turn, the sum of gradients and that of weights. */
  addTo(histogram: Float64Array, at: number, bins: Uint8Array, leaf: number): void {
    const rows = this.#rows;
    const pairs = this.#pairs;
    const end = this.#end[leaf]!;
    for (let i = this.#start[leaf]!; i < end; i++) {
      const slot = at + 2 * bins[rows[i]!]!;
      histogram[slot]! += pairs[2 * i]!;
      histogram[slot + 1]! += pairs[2 * i + 1]!;
    }
  }

  /** Keeps the order within either side. No branch depends on a row: each is written to both, and overwritten in one. */
  #part(leaf: number, bins: Uint8Array, sideOf: Uint8Array): void {
    const rows = this.#rows;
    const pairs = this.#pairs;
    const spareRows = this.#spareRows;
    const sparePairs = this.#sparePairs;
    const start = this.#start[leaf]!;
    const end = this.#end[leaf]!;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const gradient = pairs[2 * i]!;
      const weight = pairs[2 * i + 1]!;
      const goesRight = sideOf[bins[row]!]!;
      rows[left] = row;
      pairs[2 * left] = gradient;
      pairs[2 * left + 1] = weight;
      spareRows[right] = row;
      sparePairs[2 * right] = gradient;
      sparePairs[2 * right + 1] = weight;
      left += 1 - goesRight;
      right += goesRight;
    }
    for (let i = 0; i < right; i++) {
      rows[left + i] = spareRows[i]!;
      pairs[2 * (left + i)] = sparePairs[2 * i]!;
      pairs[2 * (left + i) + 1] = sparePairs[2 * i + 1]!;
    }
    this.#end[leaf] = left;
    this.#start[leaf + this.#leaves] = left;
    this.#end[leaf + this.#leaves] = end;
  }
}
