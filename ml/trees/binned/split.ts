import { type LeafRules, leafScore, leafScoreAt, leafValue } from './leaf-value.ts';
import { type Bounds, type Directions, unbounded, within } from './monotone.ts';

/** What a split may be, and what it is worth. */
export interface SplitRules extends LeafRules {
  /** Undefined where no column is constrained. */
  readonly directions?: Directions | undefined;
}

/** The sums over some rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

/**
 * Looks for a node's best split. The fields say what was found, until the next node is looked at.
 *
 * Source: Chen and Guestrin 2016, algorithms 1 and 3; XGBoost 3.2, `src/tree/hist/evaluate_splits.h` and
 * `src/tree/split_evaluator.h`.
 */
export class SplitFinder {
  /** How much less twice the loss is; 0 where no split is allowed. */
  gain = 0;
  column = -1;
  /** Bins of the column up to this one go left: all of them, where what is missing goes right alone; −1 for none. */
  lastBin = -1;
  missingLeft = false;
  /** Sums of the left child. */
  leftGradient = 0;
  leftHessian = 0;

  readonly #rules: SplitRules;
  /** Whether leaf values are limited, so that they are not Newton's steps. */
  readonly #isLimited: boolean;
  /** The sums of gradients and of hessians of each bin, side by side. */
  readonly #pairs: Float64Array;
  /** The entry of each column's first bin, and the number of entries at the end. */
  readonly #offsets: Uint32Array;
  readonly #hasMissing: readonly boolean[];
  #gradient = 0;
  #hessian = 0;
  #bounds = unbounded;
  #score = 0;

  constructor(rules: SplitRules, pairs: Float64Array, offsets: Uint32Array, hasMissing: readonly boolean[]) {
    this.#rules = rules;
    this.#isLimited = rules.maxDeltaStep !== 0 || rules.directions !== undefined;
    this.#pairs = pairs;
    this.#offsets = offsets;
    this.#hasMissing = hasMissing;
  }

  /**
   * Looks through the bins of some columns (ascending) for the split that takes most off the loss; of equals the first.
   * Missing values are tried on either side. Gains past float32 are none, as in the reference.
   *
   * @param sums of the node, whose histogram is in `pairs`
   * @param bounds of its leaves' values
   */
  find(columns: Int32Array, { gradient, hessian }: Sums, bounds: Bounds): void {
    this.#gradient = gradient;
    this.#hessian = hessian;
    this.#bounds = bounds;
    this.#score = this.#isLimited
      ? leafScoreAt(this.#valueOf(gradient, hessian), gradient, hessian, this.#rules.lambda)
      : leafScore(gradient, hessian, this.#rules.alpha, this.#rules.lambda);
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
    const isLimited = this.#isLimited;
    const score = this.#score;
    const gradient = this.#gradient;
    const hessian = this.#hessian;
    let leftGradient = 0;
    let leftHessian = 0;
    for (let entry = first; entry < end; entry++) {
      const added = pairs[2 * entry + 1]!;
      if (added === 0 && pairs[2 * entry] === 0) continue;
      leftGradient += pairs[2 * entry]!;
      leftHessian += added;
      const rightHessian = hessian - leftHessian;
      if (rightHessian < minChildWeight || rightHessian <= 0) break;
      if (leftHessian < minChildWeight) continue;
      const rightGradient = gradient - leftGradient;
      const gain = isLimited
        ? this.#limitedGain(column, leftGradient, leftHessian, rightGradient, rightHessian)
        : Math.fround(
            Math.fround(
              leafScore(leftGradient, leftHessian, alpha, lambda) +
                leafScore(rightGradient, rightHessian, alpha, lambda),
            ) - score,
          );
      if (gain > this.gain && gain < Infinity)
        this.#keep(gain, column, entry - first, leftGradient, leftHessian, false);
    }
  }

  /** Lets bin after bin go right, from the last one down, and what is missing left. */
  #scanDown(column: number, first: number, end: number): void {
    const pairs = this.#pairs;
    const { alpha, lambda, minChildWeight } = this.#rules;
    let rightGradient = 0;
    let rightHessian = 0;
    // That what is missing is alone was tried on the way up, but on the other side, which a constraint may not allow.
    for (let entry = end - 1; entry >= first; entry--) {
      const added = pairs[2 * entry + 1]!;
      if (added === 0 && pairs[2 * entry] === 0) continue;
      rightGradient += pairs[2 * entry]!;
      rightHessian += added;
      const leftGradient = this.#gradient - rightGradient;
      const leftHessian = this.#hessian - rightHessian;
      if (leftHessian < minChildWeight || leftHessian <= 0) break;
      if (rightHessian < minChildWeight) continue;
      const gain = this.#isLimited
        ? this.#limitedGain(column, leftGradient, leftHessian, rightGradient, rightHessian)
        : Math.fround(
            Math.fround(
              leafScore(leftGradient, leftHessian, alpha, lambda) +
                leafScore(rightGradient, rightHessian, alpha, lambda),
            ) - this.#score,
          );
      if (gain > this.gain && gain < Infinity)
        this.#keep(gain, column, entry - first - 1, leftGradient, leftHessian, true);
    }
  }

  /** The gain of a split whose leaves are limited; 0 where a constraint does not allow it. */
  #limitedGain(column: number, leftGradient: number, leftHessian: number, rightGradient: number, rightHessian: number) {
    const { lambda, directions } = this.#rules;
    const left = this.#valueOf(leftGradient, leftHessian);
    const right = this.#valueOf(rightGradient, rightHessian);
    if (directions && directions[column]! * (right - left) < 0) return 0;
    const both =
      leafScoreAt(left, leftGradient, leftHessian, lambda) + leafScoreAt(right, rightGradient, rightHessian, lambda);
    return Math.fround(Math.fround(both) - this.#score);
  }

  #valueOf(gradient: number, hessian: number): number {
    return within(this.#bounds, leafValue(gradient, hessian, this.#rules));
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
