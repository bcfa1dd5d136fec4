/** Makes probabilities of the raw predictions of each row, in place: rows × classes, row-major. */
export function softmaxRows(raw: Float64Array, classes: number): Float64Array {
  for (let start = 0; start < raw.length; start += classes) {
    const end = start + classes;
    let highest = -Infinity;
    for (let at = start; at < end; at++) highest = Math.max(highest, raw[at]!);
    let sum = 0;
    for (let at = start; at < end; at++) sum += raw[at] = Math.exp(raw[at]! - highest);
    for (let at = start; at < end; at++) raw[at]! /= sum;
  }
  return raw;
}
