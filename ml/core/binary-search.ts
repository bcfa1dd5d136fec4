type Ascending = Float32Array | Float64Array | Uint32Array;

/** The first place from `from` to before `to` whose value is at least `value`, or `to`. */
export function lowerBound(values: Ascending, value: number, from = 0, to = values.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place from `from` to before `to` whose value is above `value`, or `to`. */
export function upperBound(values: Ascending, value: number, from = 0, to = values.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
