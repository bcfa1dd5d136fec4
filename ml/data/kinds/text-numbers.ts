import { TextList } from '../columns/text-list.ts';
import { textHash } from '../inference/text-hash.ts';
import { cellTextOf } from './cell-text.ts';

const FIRST_SLOTS = 32;

/** The texts of a column, numbered as they come; a table holds their numbers. */
export class TextNumbers {
  readonly texts = new TextList();
  /** A hash table with open addressing, half full at most: in each slot the number of a text plus 1, or 0. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** By number. */
  #hashes = new Uint32Array(FIRST_SLOTS / 2);

  /** The number of a text, NaN where it is blank. Spaces around it do not count, nor how its accents are written. */
  readonly numberOf = (text: string): number => {
    const trimmed = cellTextOf(text);
    if (trimmed === '') return Number.NaN;
    const hash = textHash(trimmed);
    const slot = this.#slotOf(hash, trimmed);
    const known = this.#slots[slot] as number;
    if (known > 0) return known - 1;
    const number = this.texts.push(trimmed);
    this.#slots[slot] = number + 1;
    this.#hashes[number] = hash;
    if (this.texts.length === this.#hashes.length) this.#makeRoom();
    return number;
  };

  /** The slot of a text, or the free one where it belongs. @param text undefined where it is known to be none of those here */
  #slotOf(hash: number, text: string | undefined): number {
    const last = this.#slots.length - 1;
    let slot = hash & last;
    for (let held = this.#slots[slot] as number; held > 0; held = this.#slots[slot] as number) {
      if (text !== undefined && this.#hashes[held - 1] === hash && this.texts.at(held - 1) === text) break;
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #makeRoom(): void {
    const hashes = this.#hashes;
    this.#hashes = new Uint32Array(2 * hashes.length);
    this.#hashes.set(hashes);
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (const [number, hash] of hashes.entries()) this.#slots[this.#slotOf(hash, undefined)] = number + 1;
  }
}
