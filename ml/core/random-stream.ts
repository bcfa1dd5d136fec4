import { createRandom } from './random.ts';

/**
 * Random numbers for hot loops: xoshiro128++ in 32-bit arithmetic; a number costs a few nanoseconds, and nothing is
 * allocated.
 *
 * Source: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators".
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  /** Numbers drawn ahead, and which of them comes next. */
  readonly #ahead = new Float64Array(256);
  #next = 256;
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
    if (this.#next === this.#ahead.length) {
      this.fill(this.#ahead, this.#ahead.length);
      this.#next = 0;
    }
    return this.#ahead[this.#next++] as number;
  }

  /** Sets the first `count` of `values` to numbers from 0 to below 1; many at once are had for less than one by one. */
  fill(values: Float64Array, count: number): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let i = 0; i < count; i++) {
      const sum = (a + d) | 0;
      values[i] = ((((sum << 7) | (sum >>> 25)) + a) >>> 0) * 2 ** -32;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
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
