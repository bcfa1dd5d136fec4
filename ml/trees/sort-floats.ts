const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const MASK = DIGITS - 1;
/** More than there are places in an order. */
const PLACES = 2 ** 21;

/**
 * Sorts float32 numbers in place, ascending: a radix sort, several times faster than comparing where there are many. NaN
 * is not allowed.
 */
export function sortFloats(values: Float32Array<ArrayBuffer>): Float32Array {
  const { length } = values;
  const bits = new Int32Array(values.buffer, values.byteOffset, length);
  const other = new Int32Array(length);
  const counts = countDigits(bits);
  scatter(bits, other, 0, counts.subarray(0, DIGITS));
  scatter(other, bits, DIGIT_BITS, counts.subarray(DIGITS, 2 * DIGITS));
  scatter(bits, other, 2 * DIGIT_BITS, counts.subarray(2 * DIGITS));
  for (let i = 0; i < length; i++) bits[i] = other[i]! ^ (~(other[i]! >> 31) | SIGN);
  return values;
}

const SIGN = -(2 ** 31);

/**
 * Turns numbers into whole numbers of the same order: a negative number has all its bits turned, another one only its sign. Counts
 * the digits of each of the three places.
 */
function countDigits(bits: Int32Array): Int32Array {
  const counts = new Int32Array(3 * DIGITS);
  for (let i = 0; i < bits.length; i++) {
    const key = bits[i]! ^ ((bits[i]! >> 31) | SIGN);
    bits[i] = key;
    counts[key & MASK]! += 1;
    counts[DIGITS + ((key >>> DIGIT_BITS) & MASK)]! += 1;
    counts[2 * DIGITS + (key >>> (2 * DIGIT_BITS))]! += 1;
  }
  return counts;
}

/** Sorts by one digit, and keeps the order of those that have the same. */
function scatter(from: Int32Array, to: Int32Array, shift: number, counts: Int32Array): void {
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit]!;
    counts[digit] = start;
    start += count;
  }
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    const digit = (key >>> shift) & MASK;
    const at = counts[digit]!;
    counts[digit] = at + 1;
    to[at] = key;
  }
}

/** A copy of what is not NaN: `filter` calls a function for each, which takes longer than sorting. */
export function withoutMissing(values: Float32Array): Float32Array<ArrayBuffer> {
  const known = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) known[count++] = values[i]!;
  }
  return known.subarray(0, count);
}

/** The places of some float32 numbers (fewer than 2²¹) in ascending order, equal ones in theirs. NaN is not allowed. */
export function sortedOrder(values: Float32Array<ArrayBuffer>): Uint32Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  // The number, as a whole one in its order, and its place below: both fit into a float64, which the engine sorts fast.
  const keys = new Float64Array(values.length);
  for (let i = 0; i < keys.length; i++) {
    keys[i] = ((bits[i]! ^ ((bits[i]! >> 31) | SIGN)) >>> 0) * PLACES + i;
  }
  return Uint32Array.from(keys.sort(), (key) => key % PLACES);
}
