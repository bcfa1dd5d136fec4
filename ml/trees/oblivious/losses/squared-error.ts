import type { Fitting } from '../boosting/fitting.ts';
import type { RowLeaves } from '../boosting/row-leaves.ts';
import type { Engine } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import { targetBorder } from '../target-statistics/statistics.ts';
import type { PerOutput, PlacedRows, RowLoss } from './loss.ts';
import type { Objective, RowModel } from './objective.ts';

/** Half the squared error; on average, its root. Source: CatBoost 1.2, RMSE. */
export const squaredError: Objective = {
  outputs: 1,
  startsFromMean: true,
  targetBorders: (target) => [targetBorder(target)],
  at: (target, weights) => new SquaredErrorAt(target, weights),
  modelsOf: (fitting, _depth, engine) => () => new SquaredErrorModel(fitting, engine),
};

class SquaredErrorAt implements RowLoss {
  readonly #target: Float64Array;
  readonly #weights: Float64Array | undefined;

  constructor(target: Float64Array, weights: Float64Array | undefined) {
    this.#target = target;
    this.#weights = weights;
  }

  setGradients(rows: Uint32Array, [raw]: PerOutput, [gradients]: PerOutput): void {
    const target = this.#target;
    const weights = this.#weights;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const residual = target[row]! - raw![row]!;
      gradients![row] = weights ? weights[row]! * residual : residual;
    }
  }

  steps(rows: Uint32Array, [raw]: PerOutput, { leafOf, leaves }: PlacedRows, l2: number): Float64Array<ArrayBuffer> {
    const target = this.#target;
    const weights = this.#weights;
    const sums = new Float64Array(leaves);
    const counts = new Float64Array(leaves);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const weight = weights ? weights[row]! : 1;
      const leaf = leafOf[row]!;
      sums[leaf]! += weight * (target[row]! - raw![row]!);
      counts[leaf]! += weight;
    }
    return sums.map((sum, leaf) => (counts[leaf]! > 0 ? sum / (counts[leaf]! + l2) : 0));
  }

  mean(rows: Uint32Array, [raw]: PerOutput, weight: number): number {
    const target = this.#target;
    const weights = this.#weights;
    let squares = 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      squares += (weights ? weights[row]! : 1) * (raw![row]! - target[row]!) ** 2;
    }
    return Math.sqrt(squares / weight);
  }
}

/** Its gradients are all there is to know of a model. */
class SquaredErrorModel implements RowModel {
  readonly gradients: PerOutput;
  readonly #options: Pick<Fitting, 'l2' | 'learningRate' | 'leafIterations'>;
  /** The address of the rows' weights, 0 where all are 1. */
  readonly #weights: number;
  readonly #queue: TaskQueue;
  deviation: number;

  constructor({ target, weights, start, ...options }: Fitting, { arena, queue }: Engine) {
    const gradients = arena.float64(target.length);
    gradients.set(target.map((value, i) => (weights ? weights[i]! : 1) * (value - start)));
    this.gradients = [gradients];
    this.deviation = Math.sqrt(gradients.reduce((sum, value) => sum + value * value, 0) / gradients.length);
    this.#options = options;
    this.#weights = weights?.byteOffset ?? 0;
    this.#queue = queue;
  }

  /** Subtracts from the gradient of each row the value of its leaf. */
  learn({ leafOf, leaves, blocks, sums, values }: RowLeaves): Float64Array {
    const gradients = this.gradients[0]!;
    const own = new Float64Array(leaves);
    for (let leaf = 0; leaf < leaves; leaf++)
      own[leaf] = leafValue(sums[2 * leaf]!, sums[2 * leaf + 1]!, this.#options);
    values.set(own);
    const [leafsAt, from, to] = [leafOf.byteOffset, values.byteOffset, gradients.byteOffset];
    for (const { first, end, squares } of blocks)
      this.#queue.add(Kind.update, first, end, leafsAt, from, this.#weights, to, squares.byteOffset);
    this.#queue.finish();
    const squares = blocks.reduce((sum, block) => sum + block.squares[0]!, 0);
    this.deviation = Math.sqrt(squares / gradients.length);
    return own;
  }
}

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
