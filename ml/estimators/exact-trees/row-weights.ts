import { largestSize, unitOf } from '../../core/moments.ts';
import type { Random } from '../../core/random.ts';

/** Weights of rows, times a power of two that keeps sums over them from overflowing and vanishing; 1 each where none are given. */
export function rowWeights(rows: number, given: Float64Array | undefined): Float64Array {
  if (!given) return new Float64Array(rows).fill(1);
  const unit = unitOf(largestSize(given));
  return given.map((weight) => weight * unit);
}

/**
 * Draws rows with replacement, each by its chance, at least 0, not all 0; counts how often.
 *
 * A row is found by a table of about where it is among the sums of chances, and a step or two from there: a binary search
 * would be mispredicted at every other step.
 *
 * Source: Chen and Asau 1974, "On generating random variates from an empirical distribution" (guide tables).
 */
export function drawByChance(chances: Float64Array, draws: number, random: Random): Float64Array {
  const rows = chances.length;
  const counts = new Float64Array(rows);
  const upTo = new Float64Array(rows);
  let sum = 0;
  for (let i = 0; i < rows; i++) upTo[i] = sum += chances[i]!;
  const cells = rows / sum;
  const guide = new Uint32Array(rows + 1);
  for (let i = 0, cell = 0; i < rows; i++) for (; cell < upTo[i]! * cells; cell++) guide[cell] = i;
  for (let k = 0; k < draws; k++) {
    const place = random.uniform() * sum;
    let row = guide[Math.floor(place * cells)]!;
    // Rounding may have put it past the row.
    while (row > 0 && upTo[row - 1]! > place) row -= 1;
    while (row < rows - 1 && upTo[row]! <= place) row += 1;
    counts[row]! += 1;
  }
  return counts;
}
