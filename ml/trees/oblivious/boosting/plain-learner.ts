import type { Engine } from '../kernel/engine.ts';
import type { Split } from '../scoring/candidate.ts';
import type { PlainStatistics } from '../scoring/plain-statistics.ts';
import type { AnyCandidate, Fold } from '../target-statistics/fold.ts';
import type { Fitting, Learner } from './learner.ts';
import type { RowLeaves } from './row-leaves.ts';

/** Plain boosting: one model, fitted to all rows and evaluated on the same. */
export class PlainLearner implements Learner {
  readonly fold: Fold;
  readonly #gradients: Float64Array;
  readonly #leaves: RowLeaves;
  readonly #statistics: PlainStatistics;
  #deviation: number;

  /** @param leaves shared by learners that take turns, as statistics are */
  constructor(
    fold: Fold,
    { target, start }: Fitting,
    statistics: PlainStatistics,
    leaves: RowLeaves,
    { arena }: Engine,
  ) {
    this.fold = fold;
    this.#statistics = statistics;
    this.#leaves = leaves;
    this.#gradients = arena.float64(target.length);
    this.#gradients.set(target.map((value) => value - start));
    this.#deviation = rootMeanSquare(this.#gradients);
  }

  gradients(): Float64Array {
    return this.#gradients;
  }

  deviation(): number {
    return this.#deviation;
  }

  sampled(sampling: Float64Array): PlainStatistics {
    this.#statistics.begin(this.#gradients, sampling);
    return this.#statistics;
  }

  place(splits: readonly Split<AnyCandidate>[]): void {
    this.#leaves.place(this.fold.own(splits), this.#gradients);
  }

  isTaken(leaf: number): boolean {
    return this.#leaves.isTaken(leaf);
  }

  learn(): Float64Array {
    const { values, squares } = this.#leaves.learn(this.#gradients);
    this.#deviation = Math.sqrt(squares / this.#gradients.length);
    return values;
  }
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
