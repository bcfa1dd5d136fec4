import type { Arena } from '../../arena.ts';
import type { Engine } from '../kernel/engine.ts';
import type { ObliviousKernel } from '../kernel/kernel.ts';
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

/** How many categories are combined at most. */
const MOST_CATEGORIES = 8;

/** Finds the groups of projections of the same training rows. Arrays are the kernel's. */
export class Grouping {
  readonly #arena: Arena;
  readonly #kernel: ObliviousKernel;
  readonly #rows: number;
  /** The answers to the tests of the last projection, a bit each; the next one often has the same. */
  readonly #answers: Uint32Array;
  #tests: readonly Test[] = [];
  /** Of each category of a projection, where its codes are, and its size. */
  readonly #categories: Uint32Array;
  readonly #codes = new Map<Category, Uint32Array>();
  /** The group in each slot plus 1, or 0: by the key itself where keys are small, else hashed, and then the next free one. */
  readonly #slots: Uint32Array;
  readonly #keys: Float64Array;
  readonly #sizes: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #free: Room[] = [];

  constructor(rows: number, { arena, kernel }: Pick<Engine, 'arena' | 'kernel'>) {
    this.#arena = arena;
    this.#kernel = kernel;
    this.#rows = rows;
    this.#answers = arena.uint32(rows);
    this.#categories = arena.uint32(2 * MOST_CATEGORIES);
    this.#slots = arena.uint32(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#keys = arena.float64(rows);
    this.#sizes = arena.uint32(rows);
    this.#counts = arena.uint32(2 * rows);
  }

  group(projection: Projection): Groups {
    const room = this.#free.pop() ?? {
      groupOf: this.#arena.uint32(this.#rows),
      frequencies: this.#arena.uint32(this.#rows),
    };
    const groups = this.#number(projection, room.groupOf);
    const sizes = this.#sizes.slice(0, groups);
    let largest = 0;
    for (let group = 0; group < groups; group++) largest = Math.max(largest, sizes[group]!);
    for (let group = 0; group < groups; group++) room.frequencies[group] = frequencyByte(sizes[group]!, largest);
    const counts = this.#counts.subarray(0, 2 * groups);
    return { projection, ...room, keys: this.#keys.slice(0, groups), sizes, largest, counts };
  }

  /** Takes back the memory of groups that are not used any more. */
  free({ groupOf, frequencies }: Groups): void {
    this.#free.push({ groupOf, frequencies });
  }

  /** Numbers the groups by first appearance; returns how many there are. */
  #number({ categories, tests, size }: Projection, groupOf: Uint32Array): number {
    if (tests !== this.#tests) this.#setAnswers(tests);
    categories.forEach((category, at) => {
      this.#categories[2 * at] = this.#codesOf(category).byteOffset;
      this.#categories[2 * at + 1] = category.size;
    });
    const slots = this.#slots;
    const isSmall = size <= slots.length;
    slots.fill(0, 0, isSmall ? size : slots.length);
    return this.#kernel.groupRows(
      this.#rows,
      this.#answers.byteOffset,
      this.#categories.byteOffset,
      categories.length,
      slots.byteOffset,
      isSmall ? 0 : slots.length - 1,
      groupOf.byteOffset,
      this.#keys.byteOffset,
      this.#sizes.byteOffset,
    );
  }

  #setAnswers(tests: readonly Test[]): void {
    this.#answers.fill(0);
    for (const { candidate, bin } of tests) {
      const { words, shift, oneHot } = candidate;
      this.#kernel.addAnswers(this.#answers.byteOffset, this.#rows, words.byteOffset, shift, bin, oneHot);
    }
    this.#tests = tests;
  }

  /** A copy of a category's codes that is the kernel's. */
  #codesOf(category: Category): Uint32Array {
    const known = this.#codes.get(category);
    if (known) return known;
    const codes = this.#arena.uint32(this.#rows);
    codes.set(category.codes);
    this.#codes.set(category, codes);
    return codes;
  }
}
