import type { Projection } from './projection.ts';

/** The training rows by the groups of a projection. */
export interface Groups {
  readonly projection: Projection;
  /** The group of each row, numbered by first appearance. */
  readonly groupOf: Uint32Array;
  /** For each group the number that stands for its categories and answers, as `keysOf` has it. */
  readonly keys: Float64Array;
}

/** Finds the groups of projections of the same training rows. */
export class Grouping {
  readonly #keys: Float64Array;
  /** An open hash table: the group in each slot plus 1, or 0. */
  readonly #slots: Uint32Array;
  readonly #found: Float64Array;

  constructor(rows: number) {
    this.#keys = new Float64Array(rows);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#found = new Float64Array(rows);
  }

  group(projection: Projection): Groups {
    const keys = this.#keys;
    const slots = this.#slots;
    const found = this.#found;
    const mask = slots.length - 1;
    const groupOf = new Uint32Array(keys.length);
    let groups = 0;
    this.#setKeys(projection);
    slots.fill(0);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      let slot = scatter(key) & mask;
      while (slots[slot] !== 0 && found[slots[slot]! - 1] !== key) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        found[groups] = key;
        groups += 1;
        slots[slot] = groups;
      }
      groupOf[i] = slots[slot]! - 1;
    }
    return { projection, groupOf, keys: found.slice(0, groups) };
  }

  /** One digit a category, to the base of its size; then one bit a test. */
  #setKeys({ categories, tests }: Projection): void {
    const keys = this.#keys;
    keys.fill(0);
    for (const { codes, size } of categories)
      for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! * size + codes[i]!;
    for (const { candidate, bin } of tests) {
      const { bins } = candidate;
      const from = candidate.oneHot ? bin : bin + 1;
      const to = candidate.oneHot ? bin : 255;
      for (let i = 0; i < keys.length; i++) keys[i] = 2 * keys[i]! + (bins[i]! >= from && bins[i]! <= to ? 1 : 0);
    }
  }
}

/** Spreads whole numbers of up to 53 bits over 32 bits. */
function scatter(key: number): number {
  const high = Math.floor(key * 2 ** -32);
  const low = key - high * 2 ** 32;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
