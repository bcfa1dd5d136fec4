import type { Projection, Test } from './projection.ts';

/** The training rows by the groups of a projection. */
export interface Groups {
  readonly projection: Projection;
  /** The group of each row, numbered by first appearance. */
  readonly groupOf: Uint32Array;
  /** For each group the number that stands for its answers and categories. */
  readonly keys: Float64Array;
  /** How many rows each group has, and the most that one has. */
  readonly sizes: Uint32Array;
  readonly largest: number;
}

/** Finds the groups of projections of the same training rows. */
export class Grouping {
  /** The answers to the tests of the last projection, a bit each; the next one often has the same. */
  readonly #answers: Float64Array;
  #tests: readonly Test[] = [];
  readonly #keys: Float64Array;
  /** The group in each slot plus 1, or 0: by the key itself where keys are small, else hashed, and then the next free one. */
  readonly #slots: Uint32Array;
  readonly #found: Float64Array;

  constructor(rows: number) {
    this.#answers = new Float64Array(rows);
    this.#keys = new Float64Array(rows);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#found = new Float64Array(rows);
  }

  group(projection: Projection): Groups {
    this.#setKeys(projection);
    const groupOf = new Uint32Array(this.#keys.length);
    const small = projection.size <= this.#slots.length;
    this.#slots.fill(0, 0, small ? projection.size : this.#slots.length);
    const groups = small ? this.#numberSmall(groupOf) : this.#numberHashed(groupOf);
    const sizes = new Uint32Array(groups);
    for (let i = 0; i < groupOf.length; i++) sizes[groupOf[i]!]! += 1;
    let largest = 0;
    for (let group = 0; group < groups; group++) largest = Math.max(largest, sizes[group]!);
    return { projection, groupOf, keys: this.#found.slice(0, groups), sizes, largest };
  }

  #numberSmall(groupOf: Uint32Array): number {
    const keys = this.#keys;
    const slots = this.#slots;
    let groups = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      if (slots[key] === 0) {
        this.#found[groups] = key;
        groups += 1;
        slots[key] = groups;
      }
      groupOf[i] = slots[key]! - 1;
    }
    return groups;
  }

  #numberHashed(groupOf: Uint32Array): number {
    const keys = this.#keys;
    const slots = this.#slots;
    const found = this.#found;
    const mask = slots.length - 1;
    let groups = 0;
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
    return groups;
  }

  /** One bit a test; then one digit a category, to the base of its size. */
  #setKeys({ categories, tests }: Projection): void {
    const keys = this.#keys;
    if (tests !== this.#tests) this.#setAnswers(tests);
    keys.set(this.#answers);
    for (const { codes, size } of categories)
      for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! * size + codes[i]!;
  }

  #setAnswers(tests: readonly Test[]): void {
    const answers = this.#answers;
    answers.fill(0);
    for (const { candidate, right } of tests) {
      const { words, shift } = candidate;
      for (let i = 0; i < answers.length; i++) answers[i] = 2 * answers[i]! + right[(words[i]! >>> shift) & 255]!;
    }
    this.#tests = tests;
  }
}

/** Spreads whole numbers of up to 53 bits over 32 bits. */
function scatter(key: number): number {
  const high = Math.floor(key * 2 ** -32);
  const low = key - high * 2 ** 32;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
