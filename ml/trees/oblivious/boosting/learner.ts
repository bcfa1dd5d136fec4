import type { SplitStatistics } from '../growing/grow.ts';
import type { PerOutput } from '../losses/loss.ts';
import type { RowModel } from '../losses/objective.ts';
import type { AnyCandidate, Split } from '../scoring/candidate.ts';
import type { PlainStatistics } from '../scoring/plain-statistics.ts';
import type { Fold } from '../target-statistics/fold.ts';
import type { RowLeaves } from './row-leaves.ts';

/** What trees are fitted to: the targets, and what the trees so far predict for the rows, seen in the order of a fold. */
export interface Learner {
  readonly fold: Fold;
  /** The negative gradient of each row, times its weight; another once a tree is learned. */
  gradients(): PerOutput;
  /** The root mean square of the gradients by which splits are scored. */
  deviation(): number;
  /** Begins a tree on a sample of the rows: those whose sampling weight is not 0. */
  sampled(sampling: Float64Array): SplitStatistics;
  /** Finds the leaf of each row in a tree. */
  place(splits: readonly Split<AnyCandidate>[]): void;
  /** Whether that leaf has rows. */
  isTaken(leaf: number): boolean;
  /** Adds the tree in which rows were placed last; returns the values of its leaves, leaves × outputs. */
  learn(): Float64Array;
  /** The weight of the rows in each leaf of that tree. */
  leafWeights(): Float64Array;
}

/** Plain boosting: one model, fitted to all rows and evaluated on the same. */
export class PlainLearner implements Learner {
  readonly fold: Fold;
  readonly #model: RowModel;
  readonly #leaves: RowLeaves;
  readonly #statistics: PlainStatistics;

  /** @param leaves shared by learners that take turns, as statistics are */
  constructor(fold: Fold, model: RowModel, statistics: PlainStatistics, leaves: RowLeaves) {
    this.fold = fold;
    this.#model = model;
    this.#statistics = statistics;
    this.#leaves = leaves;
  }

  gradients(): PerOutput {
    return this.#model.gradients;
  }

  deviation(): number {
    return this.#model.deviation;
  }

  sampled(sampling: Float64Array): PlainStatistics {
    this.#statistics.begin(this.#model.gradients, sampling);
    return this.#statistics;
  }

  place(splits: readonly Split<AnyCandidate>[]): void {
    this.#leaves.place(this.fold.own(splits), this.#model.gradients[0]!);
  }

  isTaken(leaf: number): boolean {
    return this.#leaves.isTaken(leaf);
  }

  learn(): Float64Array {
    return this.#model.learn(this.#leaves);
  }

  leafWeights(): Float64Array {
    return this.#leaves.weights();
  }
}
