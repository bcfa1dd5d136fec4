import type { Fold } from '../../data/folds.ts';

/** The places of folds, repeat by repeat: one ends where a row would be held again. */
export function repeatsIn(folds: readonly Fold[]): number[][] {
  const repeats: number[][] = [];
  let held = new Set<number>();
  for (const [place, fold] of folds.entries()) {
    if (place === 0 || fold.held.some((row) => held.has(row))) {
      held = new Set();
      repeats.push([]);
    }
    for (const row of fold.held) held.add(row);
    repeats.at(-1)?.push(place);
  }
  return repeats;
}
