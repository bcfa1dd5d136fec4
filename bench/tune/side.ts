/** What one side of the comparison came to. */
export interface Side {
  /** From the start of its process to its end. */
  readonly seconds: number;
  /** Peak memory of the process and its children, in MB; null where the system does not tell. */
  readonly megabytes: number | null;
  /** The best R² over the folds, by family. */
  readonly cv: ReadonlyMap<string, number>;
  /** R² of the best family on the rows held out. */
  readonly holdout: number;
}

/** The best of all families. */
export const bestOf = ({ cv }: Side) => Math.max(...cv.values());
