import { DataError } from '../core/errors.ts';
import type { Declaration } from '../data/declaration.ts';
import { type Table, takeRows } from '../data/table.ts';
import { innerFolds } from '../features/preprocess.ts';

/**
 * What is said of each row by what has not learned from it; NaN of a row that no fold holds, as the first ones in time.
 *
 * @param say learns from some rows, and says a number of each of others
 * @returns null where rows cannot be told apart by folds, or nothing can be learned in one of them
 */
export function outOfFold(
  { declaration, table, seed }: { readonly declaration: Declaration; readonly table: Table; readonly seed: number },
  say: (learned: Uint32Array, held: Table) => Float64Array,
): Float64Array | null {
  const folds = innerFolds({ declaration, table }, seed);
  const said = new Float64Array(table.rows).fill(Number.NaN);
  for (const { learned, held } of folds) {
    const values = unlessUnlearnable(() => say(learned, takeRows(table, held)));
    if (values === null) return null;
    for (const [i, row] of held.entries()) said[row] = values[i] as number;
  }
  return folds.length === 0 ? null : said;
}

/** What some work comes to; null where nothing can be learned from the rows. */
export function unlessUnlearnable<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}
