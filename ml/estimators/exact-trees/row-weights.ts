import { upperBound } from '../../core/binary-search.ts';
import { largestSize, unitOf } from '../../core/moments.ts';
import type { Random } from '../../core/random.ts';

/** Weights of rows, times a power of two that keeps sums over them from overflowing and vanishing; 1 each where none are given. */
export function rowWeights(rows: number, given: Float64Array | undefined): Float64Array {
  if (!given) return new Float64Array(rows).fill(1);
  const unit = unitOf(largestSize(given));
  return given.map((weight) => weight * unit);
}

/** Draws rows with replacement, each by its chance, at least 0, not all 0; counts how often. */
export function drawByChance(chances: Float64Array, draws: number, random: Random): Float64Array {
  const counts = new Float64Array(chances.length);
  const upTo = new Float64Array(chances.length);
  let sum = 0;
  for (let i = 0; i < chances.length; i++) upTo[i] = sum += chances[i]!;
  for (let k = 0; k < draws; k++) {
    counts[upperBound(upTo, random.uniform() * sum, 0, upTo.length - 1)]! += 1;
  }
  return counts;
}
