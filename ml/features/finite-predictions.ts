import { allFinite } from '../core/finite.ts';
import { formatExact, formatRounded } from '../core/format-number.ts';
import type { Predictions } from '../core/predictions.ts';
import { columnOf, type Table } from '../data/table.ts';
import type { Preprocessor } from './preprocess.ts';

/** Beyond so many standard deviations from the mean no training row had a value. */
const FAR = 1e6;

/** Why a row has no finite prediction: the column to blame, or none where every column's value is missing. */
interface Reason {
  readonly column: [] | [name: string];
  readonly message: string;
}

/** A row, by its index, whose prediction is not finite. */
export interface UnpredictedRow {
  readonly row: number;
  readonly reasons: readonly Reason[];
}

/**
 * The rows whose prediction is not finite: a value that lies far outside what was learned may take a model past what a
 * number can hold. To blame are the columns with such values; where there is none, the one that lies furthest.
 */
export function* unpredictedRows(
  preprocessor: Preprocessor,
  table: Table,
  { rows, outputs, values }: Predictions,
): Generator<UnpredictedRow> {
  if (allFinite(values)) return;
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * outputs, (row + 1) * outputs);
    if (!own.every(Number.isFinite)) yield { row, reasons: reasonsFor(preprocessor, table, row) };
  }
}

function reasonsFor(preprocessor: Preprocessor, table: Table, row: number): Reason[] {
  const numbers = preprocessor.columns
    .filter((encoding) => encoding.kind === 'numeric')
    // What recipes make is no column that somebody could mend.
    .filter(({ column }) => table.columns.has(column))
    .map(({ column, mean, scale }) => {
      const value = columnOf(table, column)[row] as number;
      const message =
        `${formatExact(value)} lies too far from what was learned ` +
        `(mean ${formatRounded(mean)}, standard deviation ${formatRounded(scale)}) for a finite prediction`;
      return { column, message, distance: Math.abs(value - mean) / scale };
    })
    .filter(({ distance }) => !Number.isNaN(distance))
    .sort((a, b) => b.distance - a.distance);
  const far = numbers.filter(({ distance }, i) => i === 0 || distance > FAR);
  if (far.length === 0) return [{ column: [], message: 'the model has no finite prediction for these values' }];
  return far.map(({ column, message }) => ({ column: [column], message }));
}
