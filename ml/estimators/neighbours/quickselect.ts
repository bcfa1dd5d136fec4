/**
 * Reorders `keys` from `start` to below `end`, and `rows` with them: what then comes before `middle` is at most the key
 * there, and what comes after it at least.
 *
 * Source: Hoare 1961, Algorithm 65 (FIND), with the median of three as the pivot.
 */
export function quickselect(keys: Float64Array, rows: Uint32Array, middle: number, start: number, end: number): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = medianOfThree(keys[low]!, keys[(low + high) >>> 1]!, keys[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i]! < pivot) i++;
      while (keys[j]! > pivot) j--;
      if (i > j) break;
      const key = keys[i]!;
      const row = rows[i]!;
      keys[i] = keys[j]!;
      rows[i] = rows[j]!;
      keys[j] = key;
      rows[j] = row;
      i++;
      j--;
    }
    // Between j and i, if anything, is the pivot itself.
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
