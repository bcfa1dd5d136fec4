import { lowerBound } from '../core/binary-search.ts';

/**
 * What leaves say of classes: the shares of the rows that fell into them, which sum to 1. Only classes of which a leaf has rows are
 * there, and leaves of a single class share a place: a number for each class of each leaf would be far more.
 */
export type ClassShares = {
  readonly classes: number;
  /** What is at place p stands from `starts[p]` to before `starts[p + 1]`. */
  readonly starts: Uint32Array;
  /** Ascending at each place. */
  readonly classOf: Uint32Array;
  readonly shares: Float64Array;
};

/** Notes the shares of leaves, one after the other. */
export class ClassSharesBuilder {
  readonly #starts = [0];
  readonly #classOf: number[] = [];
  readonly #shares: number[] = [];
  /** Of each class the place where it has all. */
  readonly #alone: Int32Array;

  constructor(classes: number) {
    this.#alone = new Int32Array(classes).fill(-1);
  }

  /** Notes the shares of a leaf by the weight of each class, not all 0; returns their place. */
  add(weights: Float64Array): number {
    let sum = 0;
    let count = 0;
    let last = -1;
    for (let k = 0; k < weights.length; k++) {
      if (weights[k] === 0) continue;
      sum += weights[k]!;
      count += 1;
      last = k;
    }
    if (count === 1 && this.#alone[last]! >= 0) return this.#alone[last]!;
    const place = this.#starts.length - 1;
    if (count === 1) this.#alone[last] = place;
    for (let k = 0; k <= last; k++) {
      if (weights[k] === 0) continue;
      this.#classOf.push(k);
      this.#shares.push(weights[k]! / sum);
    }
    this.#starts.push(this.#classOf.length);
    return place;
  }

  build(): ClassShares {
    return {
      classes: this.#alone.length,
      starts: Uint32Array.from(this.#starts),
      classOf: Uint32Array.from(this.#classOf),
      shares: Float64Array.from(this.#shares),
    };
  }
}

/** The share of a class at a place. */
export function shareAt({ starts, classOf, shares }: ClassShares, place: number, k: number): number {
  const end = starts[place + 1]!;
  const at = lowerBound(classOf, k, starts[place]!, end);
  return at < end && classOf[at] === k ? shares[at]! : 0;
}
