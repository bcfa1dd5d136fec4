const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const MASK = DIGITS - 1;
const SIGN = -(2 ** 31);
/** Of a float64 in two words, the low one first: where its digits of eleven bits begin, the lowest first. */
const digits = [0, 1].flatMap((word) => [0, DIGIT_BITS, 2 * DIGIT_BITS].map((shift) => ({ word, shift })));

/**
 * The places of numbers in ascending order, equal ones in theirs: a radix sort, which takes a tenth of the time of one that compares
 * where numbers are millions.
 *
 * @param values without NaN
 */
export function sortedPlaces(values: Float64Array): Uint32Array<ArrayBuffer> {
  const { length } = values;
  const words = orderedWords(values);
  let order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  let other = new Uint32Array(length);
  for (const { word, shift } of digits) {
    const ends = new Uint32Array(DIGITS);
    for (let i = word; i < words.length; i += 2) {
      const digit = ((words[i] as number) >>> shift) & MASK;
      ends[digit] = (ends[digit] as number) + 1;
    }
    // Where all have the same digit, as whole numbers have in most places, there is nothing to do.
    if (ends.includes(length)) continue;
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = ends[digit] as number;
      ends[digit] = start;
      start += count;
    }
    for (let i = 0; i < length; i++) {
      const place = order[i] as number;
      const digit = ((words[2 * place + word] as number) >>> shift) & MASK;
      const at = ends[digit] as number;
      ends[digit] = at + 1;
      other[at] = place;
    }
    [order, other] = [other, order];
  }
  return order;
}

/** Numbers as whole ones of the same order, in two words each: one below 0 has all its bits turned, another one only its sign. */
function orderedWords(values: Float64Array): Uint32Array {
  const bits = Float64Array.from(values);
  const words = new Uint32Array(bits.buffer);
  for (let i = 0; i < bits.length; i++) {
    // −0 and 0 are the same.
    if (bits[i] === 0) bits[i] = 0;
    const turned = (words[2 * i + 1] as number) >> 31;
    words[2 * i] = (words[2 * i] as number) ^ turned;
    words[2 * i + 1] = (words[2 * i + 1] as number) ^ (turned | SIGN);
  }
  return words;
}
