import type { Method } from './contribution-sum.ts';

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

/** Which class a record is of. */
export interface ClassPrediction {
  /** The most probable level of the target. */
  readonly prediction: string;
  /** Of each level, in declared order; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** What the prediction of a class is made of, and how far it can be trusted. */
export interface ClassExplanation extends ClassPrediction {
  /**
   * The levels among which the true one is in 90 % of cases, in declared order: those of which the record is no less typical than nine in
   * ten rows. It may be without the prediction, or empty. Null where the release has no prediction sets, having learned from too few rows
   * to say.
   */
  readonly set: readonly string[] | null;
  /** The level whose log-odds, log(p / (1 − p)), base and contributions are of: of two levels the positive one, else the prediction. */
  readonly of: string;
  /** Where no column is known: base + the sum of the contributions = the log-odds. */
  readonly base: number;
  /** Of each declared feature column. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly method: Method;
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
