// What all classes have in common changes no probability: of each column and of the intercepts, the penalty alone decides on it.

/**
 * What to take from numbers so that l1 times the sum of their sizes and l2 times half that of their squares is smallest; 0 where that
 * is as good, and the mean where nothing counts.
 */
export function bestShift(values: Float64Array, l1: number, l2: number): number {
  const count = values.length;
  const sum = values.reduce((sum, value) => sum + value, 0);
  if (l1 === 0) return sum / count;
  const sorted = values.toSorted();
  if (l2 === 0) {
    const [low, high] = [sorted[(count - 1) >> 1]!, sorted[count >> 1]!];
    return low <= 0 && high >= 0 ? 0 : low > 0 ? low : high;
  }
  for (let below = 0; below <= count; below++) {
    const low = below === 0 ? -Infinity : sorted[below - 1]!;
    const high = below === count ? Infinity : sorted[below]!;
    // Where the slope is 0, if so many are below; past the next number its size counts the other way.
    const still = ((l1 * (count - 2 * below)) / l2 + sum) / count;
    if (still <= low) return low;
    if (still < high) return still;
  }
  return 0;
}

/** Takes from the coefficients of each place what they have best not in common, in place. */
export function centre(
  point: Float64Array,
  outputs: number,
  { l1, l2, free }: { readonly l1: Float64Array; readonly l2: Float64Array; readonly free: Uint8Array },
): void {
  if (outputs === 1) return;
  for (let first = 0; first < point.length; first += outputs) {
    if (free[first] === 0) continue;
    const own = point.subarray(first, first + outputs);
    const shift = bestShift(own, l1[first]!, l2[first]!);
    if (shift !== 0) for (let k = 0; k < outputs; k++) own[k]! -= shift;
  }
}

/** Takes from the steps of each place, whose coefficients are all free, what they have in common, in place. */
export function withoutCommonSteps(steps: Float64Array, outputs: number, free: Uint8Array): Float64Array {
  if (outputs === 1) return steps;
  for (let first = 0; first < steps.length; first += outputs) {
    let sum = 0;
    let count = 0;
    for (let j = first; j < first + outputs; j++) {
      sum += steps[j]!;
      count += free[j]!;
    }
    if (count === outputs) for (let j = first; j < first + outputs; j++) steps[j]! -= sum / outputs;
  }
  return steps;
}
