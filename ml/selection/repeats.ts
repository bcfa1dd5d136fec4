import type { Plan } from './plan.ts';

/** Rows × repeats stay within this: of as many rows, scores hardly depend on how they were split. */
const ENOUGH_ROWS = 1500;
const MOST_REPEATS = 3;

/**
 * How often the rows of a training are split into folds. A search compares many candidates, of which one may be best by how few rows
 * happened to be split; where rows are few, more splits cost little. The spread that splits make falls with the root of their
 * number, so that more than three bring little. What is no search keeps the folds that it was asked for.
 */
export function repeatsOf({ search }: Pick<Plan, 'search'>, rows: number): number {
  if (search === 'defaults' || search === 'preset') return 1;
  return Math.max(1, Math.min(MOST_REPEATS, Math.floor(ENOUGH_ROWS / rows)));
}
