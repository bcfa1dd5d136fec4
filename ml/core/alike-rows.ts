import { NumbersByHash } from './numbers-by-hash.ts';

const HIGH = 2 ** 32;

/**
 * Counts rows that are like an earlier one, by their hashes, in bounded memory: of very many different rows in a share of them, which
 * their hashes choose.
 */
export class AlikeRows {
  readonly #most: number;
  /** What the first row of each hash says. */
  readonly #first = new NumbersByHash();
  /** Of a row that is looked at these bits of the upper half of its hash are 0; the lower half says where it stands in a table. */
  #mask = 0;
  #repeated = 0;
  #differing = 0;

  /** @param most so many different rows are told apart */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param value what it says beside its hash, by which it may differ from the first row that is like it */
  add(hash: number, value = 0): void {
    if (!this.#isLookedAt(hash)) return;
    const first = this.#first.get(hash);
    if (first === undefined) {
      this.#first.set(hash, value);
      if (this.#first.size > this.#most) this.#thin();
      return;
    }
    this.#repeated += 1;
    if (first !== value) this.#differing += 1;
  }

  /** How many rows are like an earlier one; an estimate where not all were looked at. */
  get repeated(): number {
    return Math.round(this.#repeated * (this.#mask + 1));
  }

  /** How many of these say something else than the first. */
  get differing(): number {
    return Math.round(this.#differing * (this.#mask + 1));
  }

  /** Whether all rows were looked at. */
  get isExact(): boolean {
    return this.#mask === 0;
  }

  #isLookedAt(hash: number): boolean {
    return this.#mask === 0 || (Math.floor(hash / HIGH) & this.#mask) === 0;
  }

  #thin(): void {
    this.#mask = this.#mask * 2 + 1;
    const before = this.#first.size;
    this.#first.keep((hash) => this.#isLookedAt(hash));
    // Repeated rows go with the first of them, in the same share as far as is known.
    this.#repeated = (this.#repeated * this.#first.size) / before;
    this.#differing = (this.#differing * this.#first.size) / before;
  }
}
