import type { Matrix } from '../core/matrix.ts';

const SLOTS = 2048;
const SLOT_BITS = 11;

/** The distinct values of a column as float32, NaN left out, while there are few. */
export class FewValues {
  readonly #table = new Float32Array(SLOTS).fill(Number.NaN);
  readonly #values: Float32Array;
  #count = 0;

  constructor(most: number) {
    this.#values = new Float32Array(most);
  }

  /**
   * Takes every `stride`th number from `at` on, so many of them.
   *
   * @returns false once there are too many
   */
  add(data: Float64Array, at: number, stride: number, count: number, weights: Float32Array | undefined): boolean {
    const table = this.#table;
    const values = this.#values;
    for (let i = 0, from = at; i < count; i++, from += stride) {
      // −0 is 0.
      const value = Math.fround(data[from]! + 0);
      if (Number.isNaN(value) || weights?.[i] === 0) continue;
      let slot = slotOf(value);
      while (table[slot]! !== value && !Number.isNaN(table[slot]!)) slot = (slot + 1) % SLOTS;
      if (table[slot]! === value) continue;
      if (this.#count === values.length) return false;
      table[slot] = value;
      values[this.#count++] = value;
    }
    return true;
  }

  /** Ascending. */
  sorted(): Float32Array {
    return this.#values.slice(0, this.#count).sort();
  }
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

function slotOf(value: number): number {
  float[0] = value;
  return Math.imul(bits[0]!, 0x9e3779b1) >>> (32 - SLOT_BITS);
}

/**
 * The distinct values of a column as float32, ascending, NaN left out; undefined where there are more than `most` (at most 1024).
 *
 * @param weights of the rows: those of 0 are left out
 */
export function distinctValues(
  { rows, columns, data }: Matrix,
  column: number,
  most: number,
  weights?: Float32Array,
): Float32Array | undefined {
  const few = new FewValues(Math.min(most, rows));
  return few.add(data, column, columns, rows, weights) ? few.sorted() : undefined;
}
