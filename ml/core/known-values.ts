/**
 * Those of some numbers that are not NaN: the same array, where none is. Of millions `filter` would make an object each, and take
 * several times the memory of the numbers.
 */
export function knownValues(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i] as number)) count++;
  if (count === values.length) return values;
  const known = new Float64Array(count);
  let place = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) known[place++] = value;
  }
  return known;
}
