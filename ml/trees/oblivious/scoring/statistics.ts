import type { Candidate, Split } from './candidate.ts';

/** The score of each place where a candidate can be split. */
export interface Scores {
  /** They start at the first place; what is past the last one means nothing. */
  readonly values: Float64Array;
  readonly highest: number;
}

/** What the growing of a tree asks of the training rows, whose gradients it knows, and in which leaf each is. */
export interface Statistics {
  /** Told of all candidates of a level at once, before it is asked for any. */
  prepare?(candidates: readonly Candidate[]): void;
  /**
   * The scores of a candidate, over all leaves: by Cosine, the cosine between the gradients and the leaf values that would fit
   * them (less a factor that is the same for all splits); by L2, how much the leaf values lessen the squared error. A leaf's value
   * is Σ gradients ÷ (Σ weights + l2). The next call overwrites them.
   */
  scores(candidate: Candidate): Scores;
  /** Splits every leaf in two: what goes right becomes a leaf as many leaves further on. */
  split(split: Split): void;
  /** Whether a leaf has rows of the sample. */
  isTaken(leaf: number): boolean;
}
