import type { Fitting } from '../boosting/fitting.ts';
import type { RowLeaves } from '../boosting/row-leaves.ts';
import type { Engine } from '../kernel/engine.ts';
import type { PerOutput, RowLoss } from './loss.ts';

/** The model so far at each training row of Plain boosting. */
export interface RowModel {
  /** The negative gradients, each times the row's weight; the kernel's. */
  readonly gradients: PerOutput;
  /** The root mean square of the gradients, which are vectors where outputs are several. */
  readonly deviation: number;
  /** Adds a tree in whose leaves the rows were placed; returns the values of its leaves, leaves × outputs. */
  learn(leaves: RowLeaves): Float64Array;
}

/** What a model is fitted for. */
export interface Objective {
  /** How many raw predictions a record has. */
  readonly outputs: number;
  /** Whether boosting starts from the mean of the targets, not from 0. */
  readonly startsFromMean: boolean;
  /** The borders of the targets, ascending: for each, statistics of a category tell how often targets are above it. */
  targetBorders(target: Float64Array): readonly number[];
  at(target: Float64Array, weights: Float64Array | undefined): RowLoss;
  /** Makes models of the same rows that take turns. @param fitting whose l2 is in the unit of the weights */
  modelsOf(fitting: Fitting, depth: number, engine: Engine): () => RowModel;
}
