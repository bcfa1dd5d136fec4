import { blocksOf, type Engine, type RowBlock } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { Split } from '../scoring/candidate.ts';
import type { Fitting } from './fitting.ts';

/**
 * The value of a leaf: the sum of the gradients of its rows ÷ (their weight + l2), times the learning rate. With more
 * iterations what is left of the residuals is estimated again, and added.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, for the squared error.
 */
function leafValue(
  gradients: number,
  weight: number,
  { l2, learningRate, leafIterations }: Pick<Fitting, 'l2' | 'learningRate' | 'leafIterations'>,
): number {
  if (weight === 0) return 0;
  let value = 0;
  for (let iteration = 0; iteration < leafIterations; iteration++)
    value += (gradients - weight * value) / (weight + l2);
  return learningRate * value;
}

/** For each leaf so many rows in a block at least: the leaves of each block are summed up by themselves. */
const ROWS_FOR_LEAF = 16;

/** The leaf of each row in the last tree, and what the leaves come to. */
export class RowLeaves {
  readonly #options: Pick<Fitting, 'l2' | 'learningRate' | 'leafIterations'>;
  /** The address of the rows' weights, 0 where all are 1. */
  readonly #weights: number;
  readonly #queue: TaskQueue;
  readonly #blocks: readonly (RowBlock & { readonly sums: Float64Array; readonly squares: Float64Array })[];
  readonly #leafOf: Uint16Array;
  readonly #splits: Uint32Array;
  readonly #values: Float64Array;
  /** Of each leaf the sum of its rows' gradients, and of their weights. */
  readonly #sums: Float64Array;
  #leaves = 1;

  /** @param options whose l2 is in the unit of the weights; these are the kernel's */
  constructor(depth: number, { target, weights, ...options }: Fitting, { arena, queue }: Engine) {
    const rows = target.length;
    this.#options = options;
    this.#weights = weights?.byteOffset ?? 0;
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
    this.#leaves = 2 ** splits.length;
    this.#sums.fill(0);
    for (const { sums } of this.#blocks) for (let at = 0; at < 2 * this.#leaves; at++) this.#sums[at]! += sums[at]!;
  }

  /** Whether a leaf has rows. */
  isTaken(leaf: number): boolean {
    return this.#sums[2 * leaf + 1]! > 0;
  }

  /** The weight of the rows in each leaf. */
  weights(): Float64Array {
    const weights = new Float64Array(this.#leaves);
    for (let leaf = 0; leaf < weights.length; leaf++) weights[leaf] = this.#sums[2 * leaf + 1]!;
    return weights;
  }

  /** Subtracts from the gradient of each row the value of its leaf; returns the values, and the sum of the squares of what is left. */
  learn(gradients: Float64Array): { values: Float64Array; squares: number } {
    const values = new Float64Array(this.#leaves);
    for (let leaf = 0; leaf < values.length; leaf++)
      values[leaf] = leafValue(this.#sums[2 * leaf]!, this.#sums[2 * leaf + 1]!, this.#options);
    this.#values.set(values);
    const [leafOf, from, to] = [this.#leafOf.byteOffset, this.#values.byteOffset, gradients.byteOffset];
    for (const { first, end, squares } of this.#blocks)
      this.#queue.add(Kind.update, first, end, leafOf, from, this.#weights, to, squares.byteOffset);
    this.#queue.finish();
    return { values, squares: this.#blocks.reduce((sum, { squares }) => sum + squares[0]!, 0) };
  }
}
