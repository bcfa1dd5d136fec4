import { textHash } from './text-hash.ts';

/** So many rows are told apart by their hashes; of more rows a share. */
const MOST = 1 << 19;

/** Counts rows that repeat an earlier one, by 52 bits of their hashes; of very many rows in a share of them that their hashes choose. */
export class DuplicateRows {
  readonly #seen = new Set<number>();
  #mask = 0;
  #repeated = 0;

  add(cells: readonly string[]): void {
    let first = 0;
    for (const cell of cells) first = textHash(cell, first);
    if ((first & this.#mask) !== 0) return;
    // Of few rows alone, since it costs as much again.
    let second = 1;
    for (const cell of cells) second = textHash(cell, second);
    const key = first * 2 ** 20 + (second >>> 12);
    if (this.#seen.has(key)) this.#repeated += 1;
    else if (this.#seen.add(key).size > MOST) this.#thin();
  }

  /** How many rows are like an earlier one; an estimate where rows are very many. */
  get count(): number {
    return Math.round(this.#repeated * (this.#mask + 1));
  }

  get isExact(): boolean {
    return this.#mask === 0;
  }

  #thin(): void {
    this.#mask = this.#mask * 2 + 1;
    const before = this.#seen.size;
    for (const key of this.#seen) if ((Math.floor(key / 2 ** 20) & this.#mask) !== 0) this.#seen.delete(key);
    // Repeated rows go with the first of them, in the same share as far as is known.
    this.#repeated = (this.#repeated * this.#seen.size) / before;
  }
}
