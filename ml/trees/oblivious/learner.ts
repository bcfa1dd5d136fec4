import type { Fold } from './fold.ts';
import type { LeafOptions } from './leaves.ts';
import type { Statistics } from './statistics.ts';

/** What trees are fitted to: the targets less what the trees so far predict for the rows, seen in the order of a fold. */
export interface Learner {
  readonly fold: Fold;
  /** The gradient of each row, its target less its prediction; another once a tree is learned. */
  gradients(): Float64Array;
  /** The root mean square of the gradients by which splits are scored. */
  deviation(): number;
  /** Begins a tree on a sample of the rows: those whose weight is not 0. */
  sampled(weights: Float64Array): Statistics;
  /** Adds a grown tree; returns the values of its leaves. */
  learn(leafOf: Uint16Array, leaves: number): Float64Array;
}

/** The targets, the constant that boosting starts from, and how leaves are valued. */
export interface Fitting extends LeafOptions {
  readonly target: Float64Array;
  readonly start: number;
}
