/** Sums of weights that differ by less, as a share of them, are equal: three of 0.1 are half of six. */
const ROUNDING = 1e-12;

/**
 * The middle of finite numbers; between two of them, their mean; 0 where there are none.
 *
 * @param weights how often each number counts, above 0. @default once each
 */
export function medianOf(values: Float64Array, weights?: Float64Array): number {
  if (values.length === 0) return 0;
  if (!weights) return middleOf(values.toSorted());
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let below = 0;
  for (let k = 0; k < order.length; k++) {
    const at = order[k] as number;
    below += weights[at] as number;
    if (below < half * (1 - ROUNDING)) continue;
    const value = values[at] as number;
    const next = order[k + 1];
    return below > half * (1 + ROUNDING) || next === undefined ? value : between(value, values[next] as number);
  }
  throw new Error('no weight is above 0');
}

function middleOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : between(sorted[half - 1] as number, upper);
}

function between(lower: number, upper: number): number {
  const sum = lower + upper;
  return Number.isFinite(sum) ? sum / 2 : lower / 2 + upper / 2;
}
