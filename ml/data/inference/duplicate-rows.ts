import { RowHash } from '../../core/row-hashes.ts';

/** So many rows are told apart by their hashes; of more rows a share. */
const MOST = 1 << 19;

/** Counts rows that repeat an earlier one, by their hashes; of very many rows in a share of them that their hashes choose. */
export class DuplicateRows {
  readonly #hash = new RowHash();
  readonly #seen = new Set<number>();
  #mask = 0;
  #repeated = 0;

  add(cells: readonly string[]): void {
    for (const cell of cells) this.#hash.addText(cell);
    const hash = this.#hash.take();
    if (((hash >>> 0) & this.#mask) !== 0) return;
    if (this.#seen.has(hash)) this.#repeated += 1;
    else if (this.#seen.add(hash).size > MOST) this.#thin();
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
    for (const hash of this.#seen) if (((hash >>> 0) & this.#mask) !== 0) this.#seen.delete(hash);
    // Repeated rows go with the first of them, in the same share as far as is known.
    this.#repeated = (this.#repeated * this.#seen.size) / before;
  }
}
