import type { Matrix } from '../core/matrix.ts';

const SLOTS = 2048;
const SLOT_BITS = 11;

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
  const table = new Float32Array(SLOTS).fill(Number.NaN);
  const values = new Float32Array(Math.min(most, rows));
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  let count = 0;
  for (let i = 0, at = column; i < rows; i++, at += columns) {
    // −0 is 0.
    value[0] = data[at]! + 0;
    if (Number.isNaN(value[0]) || weights?.[i] === 0) continue;
    let slot = Math.imul(bits[0]!, 0x9e3779b1) >>> (32 - SLOT_BITS);
    while (table[slot]! !== value[0] && !Number.isNaN(table[slot]!)) slot = (slot + 1) % SLOTS;
    if (table[slot]! === value[0]) continue;
    if (count === most) return undefined;
    table[slot] = value[0]!;
    values[count++] = value[0]!;
  }
  return values.slice(0, count).sort();
}
