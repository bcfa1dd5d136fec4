import type { Fold } from './folds.ts';

/**
 * For each fold the folds all of whose rows it may learn from, by their places: those that share no row or group with it and,
 * where time counts, are earlier. What was found there has seen nothing of what it is scored on.
 */
export function sourcesOf(folds: readonly Fold[]): number[][] {
  const rows = Math.max(...folds.flatMap(({ learned, held }) => [learned.at(-1) ?? 0, held.at(-1) ?? 0])) + 1;
  return folds.map(({ learned }) => {
    const isLearned = new Uint8Array(rows);
    for (const row of learned) isLearned[row] = 1;
    return [...folds.keys()].filter((other) => (folds[other] as Fold).held.every((row) => isLearned[row] === 1));
  });
}
