import { blocksOf, type Engine, type RowBlock } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { PlacedRows } from '../losses/loss.ts';
import type { Split } from '../scoring/candidate.ts';
import type { Fitting } from './fitting.ts';

/** For each leaf so many rows in a block at least: the leaves of each block are summed up by themselves. */
const ROWS_FOR_LEAF = 16;

/** Rows that a thread takes at once, and where the kernel writes the sums of their leaves, and one number more. */
interface LeafBlock extends RowBlock {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** The leaf of each row in the last tree. Arrays are the kernel's. */
export class RowLeaves implements PlacedRows {
  readonly leafOf: Uint16Array;
  readonly blocks: readonly LeafBlock[];
  /** Of each leaf the sum of its rows' gradients, and of their weights. */
  readonly sums: Float64Array;
  /** A number for each leaf, to be used by whoever values them. */
  readonly values: Float64Array;
  leaves = 1;
  /** The address of the rows' weights, 0 where all are 1. */
  readonly #weights: number;
  readonly #queue: TaskQueue;
  readonly #splits: Uint32Array;

  constructor(depth: number, { target, weights }: Pick<Fitting, 'target' | 'weights'>, { arena, queue }: Engine) {
    const rows = target.length;
    this.#weights = weights?.byteOffset ?? 0;
    this.#queue = queue;
    this.leafOf = arena.uint16(rows);
    this.#splits = arena.uint32(4 * depth);
    this.values = arena.float64(2 ** depth);
    this.sums = new Float64Array(2 ** (depth + 1));
    this.blocks = blocksOf(rows, ROWS_FOR_LEAF * 2 ** depth).map((block) => ({
      ...block,
      sums: arena.float64(2 ** (depth + 1)),
      squares: arena.float64(1),
    }));
  }

  /** Finds the leaves. @param gradients the kernel's */
  place(splits: readonly Split[], gradients: Float64Array): void {
    splits.forEach(({ candidate: { words, shift, oneHot }, bin }, level) => {
      this.#splits.set([words.byteOffset, shift, bin, oneHot ? 1 : 0], 4 * level);
    });
    const [table, leafOf] = [this.#splits.byteOffset, this.leafOf.byteOffset];
    for (const { first, end, sums } of this.blocks)
      this.#queue.add(
        Kind.place,
        first,
        end,
        table,
        splits.length,
        leafOf,
        gradients.byteOffset,
        this.#weights,
        sums.byteOffset,
      );
    this.#queue.finish();
    this.leaves = 2 ** splits.length;
    this.sums.fill(0);
    for (const { sums } of this.blocks) for (let at = 0; at < 2 * this.leaves; at++) this.sums[at]! += sums[at]!;
  }

  /** Whether a leaf has rows. */
  isTaken(leaf: number): boolean {
    return this.sums[2 * leaf + 1]! > 0;
  }

  /** The weight of the rows in each leaf. */
  weights(): Float64Array {
    return Float64Array.from({ length: this.leaves }, (_, leaf) => this.sums[2 * leaf + 1]!);
  }
}
