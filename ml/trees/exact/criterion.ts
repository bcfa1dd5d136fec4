/** The best split that was found of a node. */
export interface FoundSplit {
  /** −1 where none is allowed. */
  column: number;
  /** The rank up to which rows go left, and the next one that a row of the node has. */
  lowerRank: number;
  higherRank: number;
  /** What its sides are worth together. Less the node's worth, it is how much less the weighted impurity is by the split. */
  score: number;
}

/** What a node predicts, how impure it is, and which split makes it purest. */
export interface Criterion {
  /** Of the node entered last: the sum of its rows' weights, what it predicts, and its impurity. */
  readonly weight: number;
  readonly value: number;
  readonly impurity: number;
  /** What a split must be worth more than. */
  readonly worth: number;
  /** The score that no split of the node exceeds; `Infinity` where that is not known. */
  readonly perfectScore: number;
  readonly best: FoundSplit;
  /** Begins a tree on these targets. */
  begin(targets: Targets): void;
  /** Turns to the rows from `start` to `end`. */
  enter(start: number, end: number): void;
  /** Prepares for `tryColumn`: most nodes are leaves, whose columns nobody asks for. */
  prepare?(): void;
  /** Tries all splits of the node by a column; says whether there is any, that is, whether it is not constant there. */
  tryColumn(column: number): boolean;
  /**
   * What the sides of one split of the node are worth together: rows whose value in a column is at most a threshold go left.
   * `-Infinity` where a side has too few rows. The node's rows must have values: see `NodeRows`.
   */
  scoreUpTo(column: number, threshold: number): number;
}

/** The targets of a tree, with a weight for each row; one of weight 0 is not in the tree. */
export interface Targets {
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

/** Sets what was found, without making an object of it. */
export function keepSplit(best: FoundSplit, column: number, lower: number, higher: number, score: number): void {
  best.column = column;
  best.lowerRank = lower;
  best.higherRank = higher;
  best.score = score;
}
