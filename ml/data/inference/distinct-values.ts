import { textHash } from './text-hash.ts';

interface Tally {
  count: number;
  /** As its first cell has it, and how many cells have other spaces around it. */
  readonly written: string;
  otherwise: number;
}

/**
 * The different texts of a column, and how often each occurs: all of them while they are few; beyond, of all texts those whose hash ends in
 * so many zeros that they still are few. What is kept has exact counts, since a text that is kept at the end was kept from its first row on.
 *
 * Source: Gibbons 2001, Distinct sampling for highly-accurate answers to distinct values queries.
 */
export class DistinctValues {
  readonly #most: number;
  readonly #onFull: () => void;
  readonly #tallies = new Map<string, Tally>();
  /** Of a text that is kept these bits of the hash are 0. */
  #mask = 0;

  /**
   * @param most how many different texts are kept
   * @param onFull called once, before some of more are let go
   */
  constructor(most: number, onFull: () => void = () => {}) {
    this.#most = most;
    this.#onFull = onFull;
  }

  /** @param written the cell, with the spaces around the text. @default none are */
  add(text: string, written = text): void {
    // Of most texts of a column of very many the hash alone is looked at.
    if (this.#mask !== 0 && (textHash(text) & this.#mask) !== 0) return;
    const tally = this.#tallies.get(text);
    if (tally) {
      tally.count += 1;
      if (written !== tally.written) tally.otherwise += 1;
    } else {
      this.#tallies.set(text, { count: 1, written, otherwise: 0 });
      if (this.#tallies.size > this.#most) this.#thin();
    }
  }

  /** Whether every text is kept. */
  get isExact(): boolean {
    return this.#mask === 0;
  }

  /** How many different texts there are; an estimate where not all are kept. */
  get distinct(): number {
    return this.#tallies.size * (this.#mask + 1);
  }

  /** The texts that are kept, in the order of their first rows, each with its count. */
  counts(): Map<string, number> {
    return new Map([...this.#tallies].map(([text, { count }]) => [text, count]));
  }

  /** The texts whose cells differ in the spaces around them, each with how many have others than the first. */
  spaced(): (readonly [string, number])[] {
    return [...this.#tallies].flatMap(([text, { otherwise }]) => (otherwise > 0 ? [[text, otherwise] as const] : []));
  }

  /** Keeps half of the texts, until they are few again. */
  #thin(): void {
    if (this.#mask === 0) this.#onFull();
    while (this.#tallies.size > this.#most) {
      this.#mask = this.#mask * 2 + 1;
      for (const text of this.#tallies.keys()) if ((textHash(text) & this.#mask) !== 0) this.#tallies.delete(text);
    }
  }
}
