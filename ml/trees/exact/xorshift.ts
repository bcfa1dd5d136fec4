import { scrambled } from '../../core/random.ts';

/**
 * Draws columns: a whole number from 0 to below `n`, in a few nanoseconds. A deep tree draws more often than it has rows.
 *
 * Source: Marsaglia 2003, Journal of Statistical Software 8(14); scikit-learn 1.9 draws its columns by the same.
 */
export class Xorshift {
  #state: number;

  /** @param seed any whole number */
  constructor(seed: number) {
    this.#state = Xorshift.stateOf(seed);
  }

  /** What a seed begins with, for a kernel that draws the same. */
  static stateOf(seed: number): number {
    return scrambled(seed) || 1;
  }

  below(n: number): number {
    return ((this.#next() >>> 16) * n) >>> 16;
  }

  /** A number from above 0 to below 1, of 32 bits. */
  uniform(): number {
    return (this.#next() >>> 0) / 2 ** 32;
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state;
  }
}
