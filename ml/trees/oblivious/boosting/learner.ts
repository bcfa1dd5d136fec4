import type { Split } from '../scoring/candidate.ts';
import type { Statistics } from '../scoring/statistics.ts';
import type { AnyCandidate, Fold } from '../target-statistics/fold.ts';
import type { LeafOptions } from './leaves.ts';

/** What trees are fitted to: the targets less what the trees so far predict for the rows, seen in the order of a fold. */
export interface Learner {
  readonly fold: Fold;
  /** The negative gradient of each row, its target less its prediction; another once a tree is learned. */
  gradients(): Float64Array;
  /** The root mean square of the gradients by which splits are scored. */
  deviation(): number;
  /** Begins a tree on a sample of the rows: those whose sampling weight is not 0. */
  sampled(sampling: Float64Array): Statistics;
  /** Finds the leaf of each row in a tree. */
  place(splits: readonly Split<AnyCandidate>[]): void;
  /** Whether that leaf has rows. */
  isTaken(leaf: number): boolean;
  /** Adds the tree in which rows were placed last; returns the values of its leaves. */
  learn(): Float64Array;
}

/** The targets, the constant that boosting starts from, and how leaves are valued. */
export interface Fitting extends LeafOptions {
  readonly target: Float64Array;
  readonly start: number;
}
