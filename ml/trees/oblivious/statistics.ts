import type { Candidate, Split } from './candidate.ts';
import type { ScoreSums } from './score.ts';

/** What the growing of a tree asks of the training rows, whose gradients it knows, and in which leaf each is. */
export interface Statistics {
  /** Told of all candidates of a level at once, before it is asked for any. */
  prepare?(candidates: readonly Candidate[]): void;
  /** The sums over all leaves by which each place to split a candidate is scored; the next call overwrites them. */
  sums(candidate: Candidate): ScoreSums;
  /** Splits every leaf in two: what goes right becomes a leaf as many leaves further on. */
  split(split: Split): void;
  /** Sets the leaf of each row, in the sample or not: bit i is set where it goes right at split i. */
  setLeaves(leafOf: Uint16Array, splits: readonly Split[]): void;
  /** Whether a leaf has rows of the sample. */
  isTaken(leaf: number): boolean;
}
