import type { Fold } from '../../data/folds.ts';
import { takeRows } from '../../data/table.ts';
import type { LearnedRows, SearchedRows } from '../recipes/column-recipe.ts';
import { someRows } from './sample.ts';
import { Screening } from './screening.ts';

/** With more, what is tried and not made would take longer than most fits. */
const MOST_ROWS = 50_000;

/** At most so many of the rows that are learned from, with their folds. */
export function searchedRows(
  { declaration, table, targets, weights }: Pick<LearnedRows, 'declaration' | 'table' | 'targets' | 'weights'>,
  folds: readonly Fold[],
): SearchedRows {
  if (table.rows <= MOST_ROWS) {
    const rows = { declaration, table, targets, weights };
    return { ...rows, folds: () => folds, screening: new Screening({ ...rows, folds }) };
  }
  const some = someRows(table.rows, MOST_ROWS);
  const places = new Map(Array.from(some, (row, place) => [row, place]));
  const among = (of: Uint32Array) => of.filter((row) => places.has(row)).map((row) => places.get(row) as number);
  const pick = (values: Float64Array) => Float64Array.from(some, (row) => values[row] as number);
  const fewer = folds.map(({ learned, held }) => ({ learned: among(learned), held: among(held) }));
  const rows = {
    declaration,
    table: takeRows(table, some),
    targets: targets.map(({ title, values }) => ({ title, values: pick(values) })),
    weights: weights && pick(weights),
  };
  return { ...rows, folds: () => fewer, screening: new Screening({ ...rows, folds: fewer }) };
}
