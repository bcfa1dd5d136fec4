/** How rows of each class were taken for each: a square of `classes` rows and columns. */
export interface Confusion {
  readonly classes: number;
  /** classes × classes, row-major: the weight of the rows of class i that were taken for class j is `counts[i * classes + j]`. */
  readonly counts: Float64Array;
}

/**
 * Counts the rows of each class by what they were taken for.
 *
 * @param truth the class of each row, by its index
 * @param weights how much each row counts. @default 1 each
 */
export function confusionOf(
  truth: Float64Array,
  predicted: Uint32Array,
  classes: number,
  weights?: Float64Array,
): Confusion {
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < truth.length; i++) {
    const at = (truth[i] as number) * classes + (predicted[i] as number);
    counts[at] = (counts[at] as number) + (weights ? (weights[i] as number) : 1);
  }
  return { classes, counts };
}
