/**
 * A quantile of some numbers, float32. Without weights it lies between two of them; with weights it is the first number
 * whose weight, with those of all smaller ones, reaches the share.
 *
 * Source: XGBoost 3.2, `src/common/stats.h`.
 *
 * @param values at least one; sorted here
 */
export function quantile(values: Float32Array, weights: Float32Array | undefined, share: number): number {
  return weights ? weightedQuantile(values, weights, share) : interpolatedQuantile(values, share);
}

function interpolatedQuantile(values: Float32Array, share: number): number {
  const sorted = values.sort();
  const count = sorted.length;
  if (share <= 1 / (count + 1)) return sorted[0]!;
  if (share >= count / (count + 1)) return sorted[count - 1]!;
  const place = share * (count + 1);
  const below = Math.floor(place) - 1;
  const value = sorted[below]!;
  return Math.fround(value + (place - 1 - below) * Math.fround(sorted[below + 1]! - value));
}

function weightedQuantile(values: Float32Array, weights: Float32Array, share: number): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  let total = 0;
  for (const i of order) total = Math.fround(total + weights[i]!);
  const wanted = Math.fround(total * share);
  let sum = 0;
  for (const i of order) {
    sum = Math.fround(sum + weights[i]!);
    if (sum >= wanted) return values[i]!;
  }
  return values[order.at(-1)!]!;
}
