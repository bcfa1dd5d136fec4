import { NumbersByHash } from '../../core/numbers-by-hash.ts';
import { RowHash } from '../../core/row-hash.ts';

/**
 * How many independent rows of equal weight tell as much as the rows that are added: Kish's effective sample size. Rows of a group
 * are taken to tell no more than one that weighs as much, which is the worst case: so many groups count, not so many rows.
 *
 * Source: Kish 1965, Survey Sampling, sections 8.2 and 11.7.
 */
export class EffectiveSize {
  #sum = 0;
  #squares = 0;
  /** Weights by group. */
  readonly #groups = new NumbersByHash();
  readonly #hash = new RowHash();

  /** @param group undefined of a row that belongs to no other */
  add(weight: number, group?: string): void {
    this.#sum += weight;
    if (group === undefined) {
      this.#squares += weight * weight;
      return;
    }
    this.#hash.addText(group);
    const hash = this.#hash.take();
    this.#groups.set(hash, (this.#groups.get(hash) ?? 0) + weight);
  }

  /** The sum of the weights. */
  get total(): number {
    return this.#sum;
  }

  get size(): number {
    let squares = this.#squares;
    for (const weight of this.#groups.numbers()) squares += weight * weight;
    return squares === 0 ? 0 : this.#sum ** 2 / squares;
  }
}
