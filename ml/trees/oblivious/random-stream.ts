import { createRandom } from '../../random.ts';

/**
 * Random numbers for a hot loop: xoshiro128++ in 32-bit arithmetic, which V8 keeps in registers; a number costs about a
 * nanosecond, and nothing is allocated.
 *
 * Source: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators".
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  /** A normal number that came along with the last one, NaN if none did. */
  #spare = Number.NaN;

  constructor(seed: number) {
    const random = createRandom(seed);
    const word = () => random.below(2 ** 32) | 0;
    this.#a = word();
    this.#b = word();
    this.#c = word();
    // The state must not be all zero.
    this.#d = word() | 1;
  }

  /** A number from 0 to below 1, a multiple of 2⁻³². */
  uniform(): number {
    const sum = (this.#a + this.#d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + this.#a) | 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return (result >>> 0) * 2 ** -32;
  }

  /** A whole number from 0 to below `n`. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A number of the standard normal distribution (Marsaglia's polar method). */
  normal(): number {
    const spare = this.#spare;
    if (!Number.isNaN(spare)) {
      this.#spare = Number.NaN;
      return spare;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    this.#spare = v * scale;
    return u * scale;
  }
}
