import { meanOf, momentsOf } from '../../core/moments.ts';
import { type Column, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { cellWriter, columnOf } from '../../data/table.ts';
import { COVERAGE } from '../../explain/intervals.ts';
import type { HeldOut } from './held-out.ts';

/** Of fewer rows a mean says little. */
export const FEWEST_ROWS = 20;
/** So many standard errors are more than chance explains, of the dozens of segments that are looked at. */
const CLEAR = 3;
/** A difference that matters, as a share of the error of all rows. */
const MATTERS = 0.2;

/** Held-out rows that have a value in common, and how the model does on them. */
export interface Segment {
  readonly column: Column;
  /** null where it is not known. */
  readonly value: string | null;
  readonly rows: number;
  /** The mean size of the errors. */
  readonly error: number;
  /** The share of the rows whose interval, or prediction set, holds the truth; undefined where the release has none. */
  readonly coverage: number | undefined;
  /** Whether errors are larger than those of all rows, by what matters and by more than chance explains. */
  readonly isWorse: boolean;
  /** Whether these hold the truth less often than they promise, by more than chance explains. */
  readonly isMissed: boolean;
}

/** The rows of each level of a category and of each group, as far as there are enough; those with the largest errors first. */
export function segmentsOf(held: HeldOut): Segment[] {
  const { declaration, errors, weights } = held;
  const overall = meanOf(errors, weights);
  const group = declaration.columns.find(({ name }) => name === declaration.group);
  const categories = featuresOf(declaration).filter((column) => kindOf(column).levels);
  return [...(group ? [group] : []), ...categories]
    .flatMap((column) => segmentsBy(column, held, overall))
    .sort((a, b) => b.error - a.error);
}

function segmentsBy(column: Column, held: HeldOut, overall: number): Segment[] {
  const { table, errors, weights, holds } = held;
  const write = cellWriter(column, table);
  const rowsOf = new Map<number, number[]>();
  for (const [row, value] of columnOf(table, column.name).entries()) {
    const rows = rowsOf.get(value) ?? [];
    rowsOf.set(value, rows);
    rows.push(row);
  }
  return [...rowsOf]
    .filter(([, rows]) => rows.length >= FEWEST_ROWS)
    .map(([value, rows]): Segment => {
      const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
      const own = weights && of(weights);
      const { mean, deviation } = momentsOf(of(errors), own);
      const count = own ? effectiveRows(own) : rows.length;
      const coverage = holds && meanOf(of(holds), own);
      const chance = Math.sqrt((COVERAGE * (1 - COVERAGE)) / count);
      return {
        column,
        value: Number.isNaN(value) ? null : write(value),
        rows: rows.length,
        error: mean,
        coverage,
        isWorse: mean > (1 + MATTERS) * overall && mean - overall > (CLEAR * deviation) / Math.sqrt(count),
        isMissed: coverage !== undefined && coverage < COVERAGE - CLEAR * chance,
      };
    });
}

/** How many rows of equal weight tell as much; Kish 1965, Survey Sampling. */
function effectiveRows(weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total ** 2 / weights.reduce((sum, weight) => sum + weight ** 2, 0);
}
