/** The same numbers in memory that threads share, so that a thread that is given them needs no copy. */
export function shareFloat64(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
