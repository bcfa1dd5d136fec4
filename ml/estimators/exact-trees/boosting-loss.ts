/** Targets or residuals of some rows, and how much each counts. */
export interface Weighted {
  readonly values: Float64Array;
  /** At least 0, not all 0. @default 1 each */
  readonly weights?: Float64Array | undefined;
}

/** What gradient boosting lessens. A row has a raw prediction for each output, of which there are as many as trees in a round. */
export interface BoostingLoss {
  /** The constants that the raw predictions start from, one for each output. */
  initial(targets: Weighted): readonly number[];
  /**
   * Sets what is left to be predicted: of numbers the targets less the predictions, of classes the negative gradients.
   *
   * @param raw an array for each output, as `residuals` are
   */
  setResiduals(targets: Float64Array, raw: readonly Float64Array[], residuals: readonly Float64Array[]): void;
  /** Looks at all residuals before a tree is grown on their gradients. */
  prepare?(residuals: Weighted): void;
  /** Where a raw prediction should go: the negative gradient. @default the residual */
  gradient?(residual: number): number;
  /** Whether that is the mean by weight of what trees are grown on, which a leaf says anyway. @default false */
  readonly isMean?: boolean;
  /** What is best added to the raw predictions of some rows. */
  leafValue(residuals: Weighted): number;
  /** The mean loss. */
  mean(targets: Weighted, raw: readonly Float64Array[]): number;
}

/** The mean by weight. */
export function weightedMean({ values, weights }: Weighted): number {
  let sum = 0;
  if (!weights) {
    for (let i = 0; i < values.length; i++) sum += values[i]!;
    return sum / values.length;
  }
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!;
    total += weights[i]!;
  }
  return sum / total;
}
