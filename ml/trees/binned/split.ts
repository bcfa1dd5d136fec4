/** What a split may be, and what it is worth. */
export interface SplitRules {
  /** L1 and L2 regularisation of leaf values. */
  readonly alpha: number;
  readonly lambda: number;
  /** The smallest hessian of a child. */
  readonly minChildWeight: number;
}

/**
 * The value of a leaf; 0 of one that is too light, which only a root can be.
 *
 * Source: Chen and Guestrin 2016, equation 5, with L1 as XGBoost has it.
 */
export function leafValue(gradient: number, hessian: number, { alpha, lambda, minChildWeight }: SplitRules): number {
  return hessian > 0 && hessian >= minChildWeight ? shrunk(-gradient, alpha) / (hessian + lambda) : 0;
}

/** Twice what a leaf with these sums takes off the loss; divided as float32, so that ties are the reference's. */
function leafScore(gradient: number, hessian: number, alpha: number, lambda: number): number {
  const rest = shrunk(gradient, alpha);
  return Math.fround(Math.fround(rest * rest) / Math.fround(hessian + lambda));
}

function shrunk(gradient: number, alpha: number): number {
  return gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
}

/**
 * Looks for a node's best split. The fields say what was found, until the next node is looked at.
 *
 * Source: Chen and Guestrin 2016, algorithms 1 and 3; XGBoost 3.2, `src/tree/hist/evaluate_splits.h`.
 */
export class SplitFinder {
  /** How much less twice the loss is; 0 where no split is allowed. */
  gain = 0;
  column = -1;
  /** Bins of the column up to this one go left; all of them, where what is missing goes right alone. */
  lastBin = -1;
  missingLeft = false;
  /** Sums of the left child. */
  leftGradient = 0;
  leftHessian = 0;

  readonly #rules: SplitRules;
  /** The sums of gradients and of weights of each bin, side by side. */
  readonly #pairs: Float64Array;
  /** The entry of each column's first bin, and the number of entries at the end. */
  readonly #offsets: Uint32Array;
  readonly #hasMissing: readonly boolean[];
  #gradient = 0;
  #hessian = 0;
  #score = 0;

  constructor(rules: SplitRules, pairs: Float64Array, offsets: Uint32Array, hasMissing: readonly boolean[]) {
    this.#rules = rules;
    this.#pairs = pairs;
    this.#offsets = offsets;
    this.#hasMissing = hasMissing;
  }

  /**
   * Looks through the bins of some columns (ascending) for the split that takes most off the loss; of equals the first.
   * Missing values are tried on either side. Gains past float32 are none, as in the reference.
   *
   * @param gradient of the node, whose histogram is in `pairs`; so is `hessian`
   */
  find(columns: Int32Array, gradient: number, hessian: number): void {
    this.#gradient = gradient;
    this.#hessian = hessian;
    this.#score = leafScore(gradient, hessian, this.#rules.alpha, this.#rules.lambda);
    this.gain = 0;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      const first = this.#offsets[column]!;
      const end = this.#offsets[column + 1]! - (this.#hasMissing[column] ? 1 : 0);
      const missing = this.#hasMissing[column] === true && this.#pairs[2 * end + 1]! > 0;
      // Without missing values the last bin leaves nothing for the right side.
      this.#scanUp(column, first, missing ? end : end - 1);
      if (missing) this.#scanDown(column, first, end);
    }
  }

  /** Lets bin after bin go left, and what is missing right. */
  #scanUp(column: number, first: number, end: number): void {
    const pairs = this.#pairs;
    const { alpha, lambda, minChildWeight } = this.#rules;
    const gradient = this.#gradient;
    const hessian = this.#hessian;
    let leftGradient = 0;
    let leftHessian = 0;
    for (let entry = first; entry < end; entry++) {
      const added = pairs[2 * entry + 1]!;
      if (added === 0) continue;
      leftGradient += pairs[2 * entry]!;
      leftHessian += added;
      const rightHessian = hessian - leftHessian;
      if (rightHessian < minChildWeight || rightHessian <= 0) break;
      if (leftHessian < minChildWeight) continue;
      const gain = Math.fround(
        Math.fround(
          leafScore(leftGradient, leftHessian, alpha, lambda) +
            leafScore(gradient - leftGradient, rightHessian, alpha, lambda),
        ) - this.#score,
      );
      if (gain > this.gain && gain < Infinity)
        this.#keep(gain, column, entry - first, leftGradient, leftHessian, false);
    }
  }

  /** Lets bin after bin go right, from the last one down to the second, and what is missing left. */
  #scanDown(column: number, first: number, end: number): void {
    const pairs = this.#pairs;
    const { alpha, lambda, minChildWeight } = this.#rules;
    let rightGradient = 0;
    let rightHessian = 0;
    // Had all of them gone right, what is missing would be alone, as it was on the way up.
    for (let entry = end - 1; entry > first; entry--) {
      const added = pairs[2 * entry + 1]!;
      if (added === 0) continue;
      rightGradient += pairs[2 * entry]!;
      rightHessian += added;
      const leftGradient = this.#gradient - rightGradient;
      const leftHessian = this.#hessian - rightHessian;
      if (leftHessian < minChildWeight || leftHessian <= 0) break;
      if (rightHessian < minChildWeight) continue;
      const gain = Math.fround(
        Math.fround(
          leafScore(leftGradient, leftHessian, alpha, lambda) + leafScore(rightGradient, rightHessian, alpha, lambda),
        ) - this.#score,
      );
      if (gain > this.gain && gain < Infinity)
        this.#keep(gain, column, entry - first - 1, leftGradient, leftHessian, true);
    }
  }

  // biome-ignore lint/complexity/useMaxParams: the fields of a split, set at once
  #keep(gain: number, column: number, lastBin: number, gradient: number, hessian: number, missingLeft: boolean): void {
    this.gain = gain;
    this.column = column;
    this.lastBin = lastBin;
    this.leftGradient = gradient;
    this.leftHessian = hessian;
    this.missingLeft = missingLeft;
  }
}
