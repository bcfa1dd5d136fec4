import type { Arena } from '../arena.ts';
import type { Split } from './candidate.ts';
import type { ObliviousKernel } from './kernel/kernel.ts';
import type { Level } from './score-board.ts';

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
  /** The sums of each leaf's pairs. */
  readonly totals: Float64Array;
  /** What the kernel is told of them. */
  readonly level: Level & { leaves: number };
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
    this.totals = arena.float64(2 ** (depth + 1));
    this.#spareRows = arena.uint32(rows);
    this.#sparePairs = arena.float64(2 * rows);
    this.#right = arena.uint8(256);
    this.level = {
      rows: this.rows.byteOffset,
      pairs: this.pairs.byteOffset,
      starts: this.starts.byteOffset,
      ends: this.ends.byteOffset,
      totals: this.totals.byteOffset,
      leaves: 1,
    };
  }

  /** Begins a tree with all rows in one leaf, but for those of weight 0, which are left out. */
  begin(gradients: Float64Array, weights: Float64Array): void {
    const { rows, pairs } = this;
    // Until a leaf is split the spare arrays are free, and the kernel reads only what is its own.
    const ownGradients = this.#sparePairs.subarray(0, rows.length);
    const ownWeights = this.#sparePairs.subarray(rows.length);
    ownGradients.set(gradients);
    ownWeights.set(weights);
    this.level.leaves = 1;
    this.starts[0] = 0;
    this.ends[0] = this.#kernel.sample(
      ownGradients.byteOffset,
      ownWeights.byteOffset,
      rows.length,
      rows.byteOffset,
      pairs.byteOffset,
    );
    this.#sumLeaves();
  }

  /** Splits every leaf in two: what goes right becomes a leaf of its own, as many leaves further on. */
  split({ right }: Split, bins: number): void {
    const { starts, ends, level } = this;
    const { rows, pairs, leaves } = level;
    this.#right.set(right);
    for (let leaf = 0; leaf < leaves; leaf++) {
      const end = ends[leaf]!;
      const middle = this.#kernel.part(
        rows,
        pairs,
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
    level.leaves *= 2;
    this.#sumLeaves();
  }

  /** How many rows are in the sample. */
  get sampled(): number {
    return this.ends[this.level.leaves - 1]! - this.starts[0]!;
  }

  /** Whether a leaf has rows of the sample. */
  isTaken(leaf: number): boolean {
    return this.ends[leaf]! > this.starts[leaf]!;
  }

  #sumLeaves(): void {
    const { pairs, starts, ends, leaves, totals } = this.level;
    this.#kernel.sumLeaves(pairs, starts, ends, leaves, totals);
  }
}
