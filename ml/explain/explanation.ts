import type { Method } from './contributions.ts';

/** What a prediction is made of, and how far it can be trusted. */
export interface Explanation {
  readonly prediction: number;
  /**
   * Where the true value lies in 90 % of cases: [low, high] in the target's unit, the prediction never outside; null where
   * the release has none, being of an older format, or learned from too few rows to say.
   */
  readonly interval: readonly [number, number] | null;
  /** What the model predicts of the training rows on average: base + the sum of the contributions = the prediction. */
  readonly base: number;
  /** Of each declared feature column, in the target's unit. */
  readonly contributions: Readonly<Record<string, number>>;
  /** How they were found. */
  readonly method: Method;
  /** What of the record the model has not learned from; empty where nothing is, and where the release does not know. */
  readonly outside: readonly Outside[];
}

/** Something that a model has not learned from. */
export interface Outside {
  /** Null where the record as a whole has few neighbours. */
  readonly column: string | null;
  /**
   * A level, or a missing value, that no training row has; a number or date below or above all of them; or a combination
   * of values near which there are hardly any.
   */
  readonly reason: 'unseen' | 'below' | 'above' | 'few-neighbours';
  /** A sentence without its full stop, for people. */
  readonly message: string;
}
