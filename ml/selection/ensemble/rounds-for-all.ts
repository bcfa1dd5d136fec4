/** The rounds of a fit on all rows, which has none to stop by: the mean of what the fits of the folds stopped at. */
export function roundsForAll(rounds: readonly number[]): number {
  return Math.max(1, Math.round(rounds.reduce((sum, each) => sum + each, 0) / rounds.length));
}
