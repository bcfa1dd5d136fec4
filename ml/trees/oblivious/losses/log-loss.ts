import type { Fitting } from '../boosting/fitting.ts';
import type { RowLeaves } from '../boosting/row-leaves.ts';
import type { Engine } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { PerOutput, PlacedRows, RowLoss } from './loss.ts';
import type { Objective, RowModel } from './objective.ts';
import { OddsLeaves } from './odds-leaves.ts';

/** The log loss of two classes, 0 and 1, whose raw prediction is the log-odds of 1. Source: CatBoost 1.2, Logloss. */
export const logLoss: Objective = {
  outputs: 1,
  startsFromMean: false,
  targetBorders: () => [0.5],
  at: (target, weights) => new LogLossAt(target, weights),
  modelsOf(fitting, depth, engine) {
    const leaves = new OddsLeaves(fitting, depth, engine);
    return () => new LogLossModel(fitting, leaves, engine);
  },
};

class LogLossAt implements RowLoss {
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
      const residual = target[row]! - probability(raw![row]!);
      gradients![row] = weights ? weights[row]! * residual : residual;
    }
  }

  steps(rows: Uint32Array, [raw]: PerOutput, { leafOf, leaves }: PlacedRows, l2: number): Float64Array<ArrayBuffer> {
    const target = this.#target;
    const weights = this.#weights;
    const sums = new Float64Array(leaves);
    const curvatures = new Float64Array(leaves);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const weight = weights ? weights[row]! : 1;
      const one = probability(raw![row]!);
      const leaf = leafOf[row]!;
      sums[leaf]! += weight * (target[row]! - one);
      curvatures[leaf]! += weight * one * (1 - one);
    }
    return sums.map((sum, leaf) => sum / (curvatures[leaf]! + l2));
  }

  mean(rows: Uint32Array, [raw]: PerOutput, weight: number): number {
    const target = this.#target;
    const weights = this.#weights;
    let sum = 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const own = target[row] === 1 ? -raw![row]! : raw![row]!;
      const loss = Math.max(own, 0) + Math.log1p(Math.exp(-Math.abs(own)));
      sum += weights ? weights[row]! * loss : loss;
    }
    return sum / weight;
  }
}

/** That the class is 1, as the reference computes it. */
const probability = (raw: number) => 1 - 1 / (1 + Math.exp(raw));

/** Rows are known by the odds against their class: see the kernel. */
class LogLossModel implements RowModel {
  readonly gradients: PerOutput;
  readonly #odds: Float64Array;
  readonly #leaves: OddsLeaves;
  readonly #queue: TaskQueue;
  deviation: number;

  /** @param leaves shared by models that take turns */
  constructor({ target, weights }: Fitting, leaves: OddsLeaves, { arena, queue }: Engine) {
    const gradients = arena.float64(target.length);
    for (let row = 0; row < target.length; row++)
      gradients[row] = (weights ? weights[row]! : 1) * (target[row]! - probability(0));
    this.gradients = [gradients];
    this.deviation = Math.sqrt(gradients.reduce((sum, value) => sum + value * value, 0) / target.length);
    this.#odds = arena.float64(target.length).fill(1);
    this.#leaves = leaves;
    this.#queue = queue;
  }

  learn(placed: RowLeaves): Float64Array {
    const gradients = this.gradients[0]!;
    const { classOf, signed, factors } = this.#leaves;
    const values = this.#leaves.estimate(placed, this.#odds);
    const [leafOf, classes, from] = [placed.leafOf.byteOffset, classOf.byteOffset, factors.byteOffset];
    const [weights, odds, to] = [signed.byteOffset, this.#odds.byteOffset, gradients.byteOffset];
    for (const { first, end, squares } of placed.blocks)
      this.#queue.add(Kind.updateOdds, first, end, leafOf, classes, from, weights, odds, to, squares.byteOffset);
    this.#queue.finish();
    const squares = placed.blocks.reduce((sum, block) => sum + block.squares[0]!, 0);
    this.deviation = Math.sqrt(squares / gradients.length);
    return values;
  }
}
