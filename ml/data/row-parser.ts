import { cellParser } from './cell.ts';
import type { CsvRow } from './csv.ts';
import type { Column } from './declaration.ts';
import { IdentifierTexts } from './kinds/identifier.ts';
import { KEPT_LENGTH, type RoundingLog } from './rounding-log.ts';

/** Who is told of what is wrong with a row. */
export interface ProblemSink {
  /** A row that means nothing as a whole. */
  addRow(line: number, message: string): void;
  /** A cell that its column refuses. */
  addCell(line: number, column: Column, text: string): void;
}

/**
 * A function from a row to the values of the given columns, in their order; undefined, and what is
 * wrong told, where the row does not fit. The next call overwrites the values.
 *
 * @param identifiers number the texts of each column of identifiers
 */
export function rowParser(
  columns: readonly Column[],
  positions: ReadonlyMap<string, number>,
  problems: ProblemSink,
  roundings: RoundingLog,
  identifiers: ReadonlyMap<string, IdentifierTexts> = new Map(),
): (row: CsvRow) => Float64Array | undefined {
  const values = new Float64Array(columns.length);
  const readers = columns.map((column) => ({
    column,
    position: positions.get(column.name) as number,
    parse:
      column.kind === 'identifier'
        ? (identifiers.get(column.name) ?? new IdentifierTexts()).numberOf
        : cellParser(column),
  }));
  return ({ line, cells, problem }) => {
    if (problem !== undefined) {
      problems.addRow(line, problem);
      return undefined;
    }
    let fits = true;
    for (let j = 0; j < readers.length; j++) {
      const { column, position, parse } = readers[j] as (typeof readers)[number];
      const text = cells[position] as string;
      const value = parse(text);
      if (value === undefined) {
        problems.addCell(line, column, text);
        fits = false;
      } else {
        values[j] = value;
        if (text.length > KEPT_LENGTH && column.kind === 'numeric') roundings.note(line, column, text, value);
      }
    }
    return fits ? values : undefined;
  };
}
