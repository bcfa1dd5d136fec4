/** Values of a column in some rows. */
export interface WeightedValues {
  /** NaN where they are missing. */
  readonly values: Float64Array;
  /** How much each row counts. @default once each */
  readonly weights?: Float64Array | undefined;
}

/** What some of the rows weigh together. @param rows places in the values. @default all of them */
export function weightOf({ values, weights }: WeightedValues, rows?: readonly number[]): number {
  if (!weights) return rows?.length ?? values.length;
  return rows
    ? rows.reduce((sum, row) => sum + (weights[row] as number), 0)
    : weights.reduce((sum, each) => sum + each, 0);
}
