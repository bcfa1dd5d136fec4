/** Of each output of a model one number a row. */
export type PerOutput = readonly Float64Array[];

/** In which leaf of a tree each row is, and how many leaves there are. */
export interface PlacedRows {
  readonly leafOf: Uint16Array;
  readonly leaves: number;
}

/** A loss of raw predictions at certain rows, whose targets and weights it knows. */
export interface RowLoss {
  /** Sets the negative gradients of some rows, each times the row's weight. */
  setGradients(rows: Uint32Array, raw: PerOutput, gradients: PerOutput): void;
  /**
   * Newton's step in each leaf, from what is predicted so far for some rows.
   *
   * @param l2 in the unit of the weights
   * @returns leaves × outputs
   */
  steps(rows: Uint32Array, raw: PerOutput, placed: PlacedRows, l2: number): Float64Array<ArrayBuffer>;
  /** What some rows come to on average, as early stopping compares it. @param weight of these rows */
  mean(rows: Uint32Array, raw: PerOutput, weight: number): number;
}

/** A loss by which rows that value no leaf are not simply given the values of their leaves. */
export interface TailedLoss extends RowLoss {
  /**
   * Newton’s steps of the rows of a tail, one after another: each by the derivatives of the rows of its leaf before it, and, as in the
   * reference, by its own.
   *
   * @param rows those of the body
   * @returns rows of the tail × outputs
   */
  tailSteps(
    rows: Uint32Array,
    tail: Uint32Array,
    raw: PerOutput,
    placed: PlacedRows,
    l2: number,
  ): Float64Array<ArrayBuffer>;
}

export const hasTailSteps = (loss: RowLoss): loss is TailedLoss => 'tailSteps' in loss;
