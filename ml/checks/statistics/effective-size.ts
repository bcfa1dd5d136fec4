import { unitOf } from '../../core/moments.ts';
import { NumbersByHash } from '../../core/numbers-by-hash.ts';
import { RowHash } from '../../core/row-hash.ts';

/** Of so many rows of weights up to that, the square of the sum is finite. */
const LARGEST = 2 ** 400;

/**
 * How many independent rows of equal weight tell as much as the rows that are added: Kish's effective sample size. Rows of a group
 * are taken to tell no more than one that weighs as much, which is the worst case: so many groups count, not so many rows.
 *
 * Source: Kish 1965, Survey Sampling, sections 8.2 and 11.7.
 */
export class EffectiveSize {
  #sum = 0;
  #squares = 0;
  /** What a weight is multiplied by: a power of two, so that no square of one near 1e300 is infinite. */
  #unit = 1;
  /** Weights by group. */
  readonly #groups = new NumbersByHash();
  readonly #hash = new RowHash();

  /** @param group undefined of a row that belongs to no other */
  add(weight: number, group?: string): void {
    this.#makeRoomFor(weight);
    this.#sum += weight * this.#unit;
    if (group === undefined) {
      this.#squares += (weight * this.#unit) ** 2;
      return;
    }
    this.#hash.addText(group);
    const hash = this.#hash.take();
    this.#groups.set(hash, (this.#groups.get(hash) ?? 0) + weight);
  }

  /** The sum of the weights. */
  get total(): number {
    return this.#sum / this.#unit;
  }

  get size(): number {
    let squares = this.#squares;
    for (const weight of this.#groups.numbers()) squares += (weight * this.#unit) ** 2;
    return squares === 0 ? 0 : this.#sum ** 2 / squares;
  }

  #makeRoomFor(weight: number): void {
    if (weight * this.#unit <= LARGEST) return;
    const factor = unitOf(weight) / this.#unit;
    this.#unit *= factor;
    this.#sum *= factor;
    this.#squares *= factor ** 2;
  }
}
