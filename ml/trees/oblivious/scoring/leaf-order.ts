import type { Engine } from '../kernel/engine.ts';
import { Kind, type ObliviousKernel } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { Split } from './candidate.ts';

/** How many uint32 tell the kernel of a level. */
export const LEVEL_WORDS = 6;

/**
 * The sampled rows of a round in the order of their leaves, each with its gradient and weight beside it, so that
 * whoever sums over a leaf reads straight on. Arrays are the kernel's.
 */
export class LeafOrder {
  /** What the kernel is told of a level: where the arrays are, and how many leaves there are. */
  readonly level: Uint32Array;
  readonly #kernel: ObliviousKernel;
  /** The address of the rows' weights, 0 where all are 1. */
  readonly #weights: number;
  readonly #queue: TaskQueue;
  readonly #rows: Uint32Array;
  /** For each of the rows its gradient and its weight, each times its sampling weight. */
  readonly #pairs: Float64Array;
  /** Where the rows of each leaf start, and where they end. */
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** The sums of each leaf's pairs. */
  readonly #totals: Float64Array;
  readonly #spareRows: Uint32Array;
  readonly #sparePairs: Float64Array;
  readonly #right: Uint8Array;

  /**
   * @param weights of the rows, the kernel's; undefined where all are 1
   * @param level `LEVEL_WORDS` of the kernel's
   */
  constructor(
    rows: number,
    depth: number,
    weights: Float64Array | undefined,
    level: Uint32Array,
    { arena, kernel, queue }: Engine,
  ) {
    this.#weights = weights?.byteOffset ?? 0;
    this.#kernel = kernel;
    this.#queue = queue;
    this.#rows = arena.uint32(rows);
    this.#pairs = arena.float64(2 * rows);
    this.#starts = arena.uint32(2 ** depth);
    this.#ends = arena.uint32(2 ** depth);
    this.#totals = arena.float64(2 ** (depth + 1));
    this.#spareRows = arena.uint32(rows);
    this.#sparePairs = arena.float64(2 * rows);
    this.#right = arena.uint8(256);
    this.level = level;
    const arrays = [this.#rows, this.#pairs, this.#starts, this.#ends, this.#totals];
    this.level.set(arrays.map(({ byteOffset }) => byteOffset));
  }

  /**
   * Begins a tree with all rows in one leaf, but for those whose sampling weight is 0, which are left out.
   *
   * @param sampling the kernel's, as are the gradients
   */
  begin(gradients: Float64Array, sampling: Float64Array): void {
    this.#leaves = 1;
    this.#starts[0] = 0;
    this.#ends[0] = this.#kernel.takeRows(
      gradients.byteOffset,
      sampling.byteOffset,
      this.#weights,
      gradients.length,
      this.#rows.byteOffset,
      this.#pairs.byteOffset,
      this.#totals.byteOffset,
    );
  }

  /** Splits every leaf in two: what goes right becomes a leaf of its own, as many leaves further on. */
  split({ candidate: { words, shift }, right }: Split): void {
    const { leaves } = this;
    this.#right.set(right);
    const [level, table] = [this.level.byteOffset, this.#right.byteOffset];
    const [rows, pairs] = [this.#spareRows.byteOffset, this.#sparePairs.byteOffset];
    for (let leaf = 0; leaf < leaves; leaf++)
      this.#queue.add(Kind.partition, level, leaf, leaves, words.byteOffset, shift, table, rows, pairs);
    this.#queue.finish();
    this.#leaves = 2 * leaves;
  }

  get leaves(): number {
    return this.level[5]!;
  }

  set #leaves(leaves: number) {
    this.level[5] = leaves;
  }

  /** How many rows are in the sample. */
  get sampled(): number {
    return this.#ends[this.leaves - 1]! - this.#starts[0]!;
  }

  /** Whether a leaf has rows of the sample. */
  isTaken(leaf: number): boolean {
    return this.#ends[leaf]! > this.#starts[leaf]!;
  }
}
