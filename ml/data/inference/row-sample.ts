import { createRandom } from '../../core/random.ts';

const SEED = 1;

/** Rows drawn from a stream without replacement, each as likely as any other: the same of the same stream. */
export class RowSample {
  readonly #size: number;
  readonly #rows: { readonly at: number; readonly cells: readonly string[] }[] = [];
  readonly #random = createRandom(SEED);
  #seen = 0;

  /** @param size how many rows are drawn at most */
  constructor(size: number) {
    this.#size = size;
  }

  add(cells: readonly string[]): void {
    const at = this.#seen++;
    if (this.#rows.length < this.#size) this.#rows.push({ at, cells });
    else {
      const place = Math.floor(this.#random.uniform() * this.#seen);
      if (place < this.#size) this.#rows[place] = { at, cells };
    }
  }

  /** The rows in the order of the stream. */
  rows(): (readonly string[])[] {
    return this.#rows.toSorted((a, b) => a.at - b.at).map(({ cells }) => cells);
  }
}
