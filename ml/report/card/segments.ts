import { effectiveCount } from '../../core/effective-count.ts';
import { meanOf, momentsOf } from '../../core/moments.ts';
import { type Column, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { cellWriter, columnOf } from '../../data/table.ts';
import type { Importance } from '../../explain/importance.ts';
import { COVERAGE } from '../../explain/intervals.ts';
import type { HeldOut } from './held-out.ts';

/** Of fewer rows a mean says little. */
export const FEWEST_ROWS = 20;
/** So many standard errors are more than chance explains, of the dozens of segments that are looked at. */
const CLEAR = 3;
/** A difference that matters, as a share of the error of all rows. */
const MATTERS = 0.2;
const MOST_COLUMNS = 200;

/** Held-out rows that have a value in common, and how the model does on them. */
export interface Segment {
  readonly column: Column;
  /** null where it is not known. */
  readonly value: string | null;
  readonly rows: number;
  /** The mean size of the errors, and its standard error. */
  readonly error: number;
  readonly standardError: number;
  /** The share of the rows whose interval, or prediction set, holds the truth; undefined where the release has none. */
  readonly coverage: number | undefined;
  /** Whether errors are larger than those of all rows, by what matters and by more than chance explains. */
  readonly isWorse: boolean;
  /** Whether these hold the truth less often than they promise, by more than chance explains. */
  readonly isMissed: boolean;
}

/**
 * The rows of each level of a category and of each group, as far as there are enough; those with the largest errors first. Of very many
 * columns those that matter most are looked at.
 */
export function segmentsOf(held: HeldOut, importance?: Importance): Segment[] {
  const { declaration, errors, weights } = held;
  const overall = meanOf(errors, weights);
  const group = declaration.columns.find(({ name }) => name === declaration.group);
  const places = new Map(importance?.columns.map(({ column }, place) => [column, place]));
  const place = ({ name }: Column) => places.get(name) ?? places.size;
  const categories = featuresOf(declaration).filter((column) => kindOf(column).levels);
  const looked =
    categories.length > MOST_COLUMNS
      ? categories.toSorted((a, b) => place(a) - place(b)).slice(0, MOST_COLUMNS)
      : categories;
  return [...(group ? [group] : []), ...looked]
    .flatMap((column) => segmentsBy(column, held, overall))
    .sort((a, b) => b.error - a.error);
}

function segmentsBy(column: Column, held: HeldOut, overall: number): Segment[] {
  const { table } = held;
  const write = cellWriter(column, table);
  const rowsOf = new Map<number, number[]>();
  for (const [row, value] of columnOf(table, column.name).entries()) {
    const rows = rowsOf.get(value) ?? [];
    rowsOf.set(value, rows);
    rows.push(row);
  }
  return [...rowsOf]
    .filter(([, rows]) => rows.length >= FEWEST_ROWS)
    .map(([value, rows]) => ({
      column,
      value: Number.isNaN(value) ? null : write(value),
      ...measured(rows, held, overall),
    }));
}

/**
 * How a model does on some of the held-out rows, at least one.
 *
 * @param overall the mean size of all errors
 */
export function measured(
  rows: readonly number[],
  { errors, weights, holds }: HeldOut,
  overall: number,
): Omit<Segment, 'column' | 'value'> {
  const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  const own = weights && of(weights);
  const { mean, deviation } = momentsOf(of(errors), own);
  const count = own ? effectiveCount(own) : rows.length;
  const coverage = holds && meanOf(of(holds), own);
  const chance = Math.sqrt((COVERAGE * (1 - COVERAGE)) / count);
  const standardError = deviation / Math.sqrt(count);
  return {
    rows: rows.length,
    error: mean,
    standardError,
    coverage,
    isWorse: mean > (1 + MATTERS) * overall && mean - overall > CLEAR * standardError,
    isMissed: coverage !== undefined && coverage < COVERAGE - CLEAR * chance,
  };
}
