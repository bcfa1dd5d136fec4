import type { GrowerOptions, TreeGrower } from '../../trees/binned/grow.ts';
import type { LeafRule } from '../../trees/binned/leaves.ts';
import type { Rows } from './learning-rows.ts';

/** What boosting lessens, of some rows to learn from, and all that it needs to know of it. */
export interface BoostingObjective {
  /** Of each output the raw prediction that the sum of its trees starts from; float32. */
  readonly bases: readonly number[];
  /** What trees are grown with. */
  readonly grower: Pick<GrowerOptions, 'layout' | 'loss'>;
  /** The limit of leaf values; 0 for none. */
  readonly maxDeltaStep: number;
  /** Writes the gradients and hessians of all rows. */
  differentiate(grower: TreeGrower): void;
  /** Of a loss without curvature: what leaves take as their values. */
  leafRule?(grower: TreeGrower): LeafRule;
  /** The sum of the losses of other rows, by an array of raw predictions for each output. */
  lossOf(rows: Rows, raw: readonly Float32Array[]): number;
}
