import type { Arena } from '../arena.ts';
import type { Split } from './candidate.ts';
import type { ObliviousKernel } from './kernel/kernel.ts';

/**
 * The sampled rows of a round in the order of their leaves, each with its gradient and weight beside it, so that
 * whoever sums over a leaf reads straight on. Arrays are the kernel's.
 */
export class LeafOrder {
  readonly rows: Uint32Array;
  /** For each of `rows`, its gradient times its weight, and its weight. */
  readonly pairs: Float64Array;
  /** Where the rows of each leaf start, and where they end. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** How many leaves there are. */
  leaves = 1;
  readonly #kernel: ObliviousKernel;
  readonly #spareRows: Uint32Array;
  readonly #sparePairs: Float64Array;
  readonly #right: Uint8Array;

  constructor(rows: number, depth: number, arena: Arena, kernel: ObliviousKernel) {
    this.#kernel = kernel;
    this.rows = arena.uint32(rows);
    this.pairs = arena.float64(2 * rows);
    this.starts = arena.uint32(2 ** depth);
    this.ends = arena.uint32(2 ** depth);
    this.#spareRows = arena.uint32(rows);
    this.#sparePairs = arena.float64(2 * rows);
    this.#right = arena.uint8(256);
  }

  /** Begins a tree with all rows in one leaf, in some order, but for those of weight 0, which are left out. */
  begin(gradients: Float64Array, weights: Float64Array, order?: Uint32Array): void {
    const { rows, pairs } = this;
    let sampled = 0;
    for (let i = 0; i < gradients.length; i++) {
      const row = order === undefined ? i : order[i]!;
      const weight = weights[row]!;
      rows[sampled] = row;
      pairs[2 * sampled] = weight * gradients[row]!;
      pairs[2 * sampled + 1] = weight;
      sampled += weight > 0 ? 1 : 0;
    }
    this.leaves = 1;
    this.starts[0] = 0;
    this.ends[0] = sampled;
  }

  /** Splits every leaf in two: what goes right becomes a leaf of its own, as many leaves further on. */
  split({ right }: Split, bins: number): void {
    const { rows, pairs, starts, ends, leaves } = this;
    this.#right.set(right);
    for (let leaf = 0; leaf < leaves; leaf++) {
      const end = ends[leaf]!;
      const middle = this.#kernel.part(
        rows.byteOffset,
        pairs.byteOffset,
        starts[leaf]!,
        end,
        bins,
        this.#right.byteOffset,
        this.#spareRows.byteOffset,
        this.#sparePairs.byteOffset,
      );
      ends[leaf] = middle;
      starts[leaf + leaves] = middle;
      ends[leaf + leaves] = end;
    }
    this.leaves *= 2;
  }

  /** How many rows are in the sample. */
  get sampled(): number {
    return this.ends[this.leaves - 1]! - this.starts[0]!;
  }

  /** Sets `totals` to the sums over each leaf's pairs, in turn. */
  sumLeaves(totals: Float64Array): void {
    const { pairs, starts, ends } = this;
    for (let leaf = 0; leaf < this.leaves; leaf++) {
      let gradients = 0;
      let weights = 0;
      for (let i = 2 * starts[leaf]!; i < 2 * ends[leaf]!; i += 2) {
        gradients += pairs[i]!;
        weights += pairs[i + 1]!;
      }
      totals[2 * leaf] = gradients;
      totals[2 * leaf + 1] = weights;
    }
  }
}
