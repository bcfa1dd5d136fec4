import type { Arena } from '../../arena.ts';
import type { Category, Projection, Test } from '../scoring/candidate.ts';
import { frequencyByte } from './statistics.ts';

/** A projection of these categories, in any order; undefined if one comes twice, or there could be too many groups. */
export function project(categories: readonly Category[], tests: readonly Test[]): Projection | undefined {
  const sorted = categories.toSorted((a, b) => a.column - b.column);
  if (sorted.some((category, i) => i > 0 && category === sorted[i - 1])) return undefined;
  const size = sorted.reduce((product, category) => product * category.size, 2 ** tests.length);
  // Past this, groups could no longer be told apart by a number.
  if (size > Number.MAX_SAFE_INTEGER) return undefined;
  const key = `${sorted.map(({ column }) => column)} ${tests.map(({ candidate, bin }) => `${candidate.column}:${bin}`)}`;
  return { categories: sorted, tests, size, key };
}

/** How much a projection combines; all tests together count as one category. */
export const complexity = ({ categories, tests }: Projection) => categories.length + (tests.length > 0 ? 1 : 0);

/** The training rows by the groups of a projection. */
export interface Groups {
  readonly projection: Projection;
  /** The group of each row, numbered by first appearance; the kernel's. */
  readonly groupOf: Uint32Array;
  /** For each group the number that stands for its answers and categories. */
  readonly keys: Float64Array;
  /** How many rows each group has, and the most that one has. */
  readonly sizes: Uint32Array;
  readonly largest: number;
  /** How frequent each group is, as a bin; the kernel's. */
  readonly frequencies: Uint32Array;
  /** Two numbers for each group, to be used by whoever describes the rows; the kernel's. */
  readonly counts: Uint32Array;
}

/** Memory of the kernel for the groups of as many rows as there are. */
interface Room {
  readonly groupOf: Uint32Array;
  readonly frequencies: Uint32Array;
}

/** Finds the groups of projections of the same training rows. */
export class Grouping {
  readonly #arena: Arena;
  readonly #rows: number;
  /** The answers to the tests of the last projection, a bit each; the next one often has the same. */
  readonly #answers: Uint32Array;
  #tests: readonly Test[] = [];
  readonly #smallKeys: Uint32Array;
  readonly #keys: Float64Array;
  /** The group in each slot plus 1, or 0: by the key itself where keys are small, else hashed, and then the next free one. */
  readonly #slots: Uint32Array;
  readonly #found: Float64Array;
  readonly #sizes: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #free: Room[] = [];

  constructor(rows: number, arena: Arena) {
    this.#arena = arena;
    this.#rows = rows;
    this.#answers = new Uint32Array(rows);
    this.#smallKeys = new Uint32Array(rows);
    this.#keys = new Float64Array(rows);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#found = new Float64Array(rows);
    this.#sizes = new Uint32Array(rows);
    this.#counts = arena.uint32(2 * rows);
  }

  group(projection: Projection): Groups {
    const room = this.#free.pop() ?? {
      groupOf: this.#arena.uint32(this.#rows),
      frequencies: this.#arena.uint32(this.#rows),
    };
    const isSmall = projection.size <= this.#slots.length;
    this.#slots.fill(0, 0, isSmall ? projection.size : this.#slots.length);
    this.#setKeys(projection, isSmall ? this.#smallKeys : this.#keys);
    const groups = isSmall ? this.#numberSmall(room.groupOf) : this.#numberHashed(room.groupOf);
    const sizes = this.#sizes.slice(0, groups);
    let largest = 0;
    for (let group = 0; group < groups; group++) largest = Math.max(largest, sizes[group]!);
    for (let group = 0; group < groups; group++) room.frequencies[group] = frequencyByte(sizes[group]!, largest);
    const counts = this.#counts.subarray(0, 2 * groups);
    return { projection, ...room, keys: this.#found.slice(0, groups), sizes, largest, counts };
  }

  /** Takes back the memory of groups that are not used any more. */
  free({ groupOf, frequencies }: Groups): void {
    this.#free.push({ groupOf, frequencies });
  }

  #numberSmall(groupOf: Uint32Array): number {
    const keys = this.#smallKeys;
    const slots = this.#slots;
    const sizes = this.#sizes;
    let groups = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      let group = slots[key]! - 1;
      if (group < 0) {
        this.#found[groups] = key;
        sizes[groups] = 0;
        group = groups++;
        slots[key] = groups;
      }
      groupOf[i] = group;
      sizes[group]! += 1;
    }
    return groups;
  }

  #numberHashed(groupOf: Uint32Array): number {
    const keys = this.#keys;
    const slots = this.#slots;
    const found = this.#found;
    const sizes = this.#sizes;
    const mask = slots.length - 1;
    let groups = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      let slot = scatter(key) & mask;
      while (slots[slot] !== 0 && found[slots[slot]! - 1] !== key) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        found[groups] = key;
        sizes[groups] = 0;
        groups += 1;
        slots[slot] = groups;
      }
      groupOf[i] = slots[slot]! - 1;
      sizes[groupOf[i]!]! += 1;
    }
    return groups;
  }

  /** One bit a test; then one digit a category, to the base of its size. */
  #setKeys({ categories, tests }: Projection, keys: Uint32Array | Float64Array): void {
    if (tests !== this.#tests) this.#setAnswers(tests);
    keys.set(this.#answers);
    for (const { codes, size } of categories) {
      if (keys instanceof Uint32Array) addDigit(keys, codes, size);
      else addLargeDigit(keys, codes, size);
    }
  }

  #setAnswers(tests: readonly Test[]): void {
    this.#answers.fill(0);
    for (const test of tests) addAnswer(this.#answers, test);
    this.#tests = tests;
  }
}

// Functions of their own, each for one kind of array, so that they are compiled for it.

function addDigit(keys: Uint32Array, codes: Int32Array, size: number): void {
  for (let i = 0; i < keys.length; i++) keys[i] = Math.imul(keys[i]!, size) + codes[i]!;
}

function addLargeDigit(keys: Float64Array, codes: Int32Array, size: number): void {
  for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! * size + codes[i]!;
}

function addAnswer(answers: Uint32Array, { candidate: { words, shift }, right }: Test): void {
  for (let i = 0; i < answers.length; i++) answers[i] = (answers[i]! << 1) | right[(words[i]! >>> shift) & 255]!;
}

/** Spreads whole numbers of up to 53 bits over 32 bits. */
function scatter(key: number): number {
  const high = Math.floor(key * 2 ** -32);
  const low = key - high * 2 ** 32;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
