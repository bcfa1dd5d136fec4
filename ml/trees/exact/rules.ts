import type { ClassImpurity } from './class-impurity.ts';

/** What a split of targets that are numbers lessens. */
export type NumberCriterion = 'squared_error' | 'friedman_mse' | 'absolute_error' | 'poisson';

/** When a node is split, and by what. */
export interface ExactRules {
  readonly criterion: NumberCriterion | ClassImpurity;
  /** How many classes there are, where the criterion is one of classes; of several the leaves are told by `OnLeaf`. @default 2 */
  readonly classes?: number | undefined;
  readonly maxDepth: number;
  /** Rows, not weights. */
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly minImpurityDecrease: number;
  /** How many columns are drawn for a node; more where none of those can split it. */
  readonly maxFeatures: number;
  /** How a column is split: where that is best, or anywhere between the values that a node has. @default best */
  readonly splits?: 'best' | 'random' | undefined;
  readonly ccpAlpha: number;
}
