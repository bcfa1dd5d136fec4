import type { Arena } from '../../arena.ts';
import { COLUMNS_IN_WORD } from '../scoring/candidate.ts';
import type { SplittableColumn } from './column-order.ts';
import type { LevelCandidate, NumberCandidate } from './columns.ts';

/** Writes bins into words, as many columns in each as in any other, and so that two threads have as many words each. */
export function packColumns(
  columns: readonly SplittableColumn[],
  rows: number,
  arena: Arena,
): (NumberCandidate | LevelCandidate)[] {
  const groups = columns.length > COLUMNS_IN_WORD ? 2 * Math.ceil(columns.length / (2 * COLUMNS_IN_WORD)) : 1;
  return Array.from({ length: groups }, (_, group) => {
    const first = Math.ceil((group * columns.length) / groups);
    const members = columns.slice(first, Math.ceil(((group + 1) * columns.length) / groups));
    const words = arena.uint32(rows);
    return members.map(({ bins, candidate }, member) => {
      const shift = 8 * member;
      pack(words, bins, shift);
      return { ...candidate, words, shift };
    });
  }).flat();
}

function pack(words: Uint32Array, bins: Uint8Array | Uint16Array, shift: number): void {
  for (let row = 0; row < words.length; row++) words[row]! |= bins[row]! << shift;
}
