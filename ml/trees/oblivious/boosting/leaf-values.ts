import { blocksOf, type Engine, type RowBlock } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { Split } from '../scoring/candidate.ts';

export interface LeafOptions {
  /** Added to the number of rows in a leaf. */
  readonly l2: number;
  readonly learningRate: number;
  readonly leafIterations: number;
}

/**
 * The value of a leaf: the sum of the residuals of its rows ÷ (their rows + l2), times the learning rate. With more
 * iterations what is left of the residuals is estimated again, and added.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, for the squared error.
 */
function leafValue(residuals: number, rows: number, { l2, learningRate, leafIterations }: LeafOptions): number {
  if (rows === 0) return 0;
  let value = 0;
  for (let iteration = 0; iteration < leafIterations; iteration++) value += (residuals - rows * value) / (rows + l2);
  return learningRate * value;
}

/** For each leaf so many rows in a block at least: the leaves of each block are summed up by themselves. */
const ROWS_FOR_LEAF = 16;

/** The leaf of each row in the last tree, and what the leaves come to. */
export class RowLeaves {
  readonly #options: LeafOptions;
  readonly #queue: TaskQueue;
  readonly #blocks: readonly (RowBlock & { readonly sums: Float64Array; readonly squares: Float64Array })[];
  readonly #leafOf: Uint16Array;
  readonly #splits: Uint32Array;
  readonly #values: Float64Array;
  /** Of each leaf the sum of its gradients, and how many rows it has. */
  readonly #sums: Float64Array;
  #leaves = 1;

  constructor(rows: number, depth: number, options: LeafOptions, { arena, queue }: Engine) {
    this.#options = options;
    this.#queue = queue;
    this.#leafOf = arena.uint16(rows);
    this.#splits = arena.uint32(4 * depth);
    this.#values = arena.float64(2 ** depth);
    this.#sums = new Float64Array(2 ** (depth + 1));
    this.#blocks = blocksOf(rows, ROWS_FOR_LEAF * 2 ** depth).map((block) => ({
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
    const [table, leafOf] = [this.#splits.byteOffset, this.#leafOf.byteOffset];
    for (const { first, end, sums } of this.#blocks)
      this.#queue.add(Kind.place, first, end, table, splits.length, leafOf, gradients.byteOffset, 0, sums.byteOffset);
    this.#queue.finish();
    this.#leaves = 2 ** splits.length;
    this.#sums.fill(0);
    for (const { sums } of this.#blocks) for (let at = 0; at < 2 * this.#leaves; at++) this.#sums[at]! += sums[at]!;
  }

  /** Whether a leaf has rows. */
  isTaken(leaf: number): boolean {
    return this.#sums[2 * leaf + 1]! > 0;
  }

  /** Subtracts from the gradient of each row the value of its leaf; returns the values, and the sum of the squares of what is left. */
  learn(gradients: Float64Array): { values: Float64Array; squares: number } {
    const values = new Float64Array(this.#leaves);
    for (let leaf = 0; leaf < values.length; leaf++)
      values[leaf] = leafValue(this.#sums[2 * leaf]!, this.#sums[2 * leaf + 1]!, this.#options);
    this.#values.set(values);
    const [leafOf, from, to] = [this.#leafOf.byteOffset, this.#values.byteOffset, gradients.byteOffset];
    for (const { first, end, squares } of this.#blocks)
      this.#queue.add(Kind.update, first, end, leafOf, from, 0, to, squares.byteOffset);
    this.#queue.finish();
    return { values, squares: this.#blocks.reduce((sum, { squares }) => sum + squares[0]!, 0) };
  }
}
