import type { SplitStatistics } from '../growing/grow.ts';
import type { Engine } from '../kernel/engine.ts';
import type { AnyCandidate, Split } from '../scoring/candidate.ts';
import type { PlainStatistics } from '../scoring/plain-statistics.ts';
import type { Fold } from '../target-statistics/fold.ts';
import type { Fitting } from './fitting.ts';
import type { RowLeaves } from './leaf-values.ts';

/** What trees are fitted to: the targets less what the trees so far predict for the rows, seen in the order of a fold. */
export interface Learner {
  readonly fold: Fold;
  /** The negative gradient of each row, its weight × (its target less its prediction); another once a tree is learned. */
  gradients(): Float64Array;
  /** The root mean square of the gradients by which splits are scored. */
  deviation(): number;
  /** Begins a tree on a sample of the rows: those whose sampling weight is not 0. */
  sampled(sampling: Float64Array): SplitStatistics;
  /** Finds the leaf of each row in a tree. */
  place(splits: readonly Split<AnyCandidate>[]): void;
  /** Whether that leaf has rows. */
  isTaken(leaf: number): boolean;
  /** Adds the tree in which rows were placed last; returns the values of its leaves. */
  learn(): Float64Array;
  /** The weight of the rows in each leaf of that tree. */
  leafWeights(): Float64Array;
}

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
    { target, weights, start }: Fitting,
    statistics: PlainStatistics,
    leaves: RowLeaves,
    { arena }: Engine,
  ) {
    this.fold = fold;
    this.#statistics = statistics;
    this.#leaves = leaves;
    this.#gradients = arena.float64(target.length);
    this.#gradients.set(target.map((value, i) => (weights ? weights[i]! : 1) * (value - start)));
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

  leafWeights(): Float64Array {
    return this.#leaves.weights();
  }
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
