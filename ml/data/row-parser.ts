import { allowed, type Column } from '../dataset.ts';
import { cellParser } from './cell.ts';
import type { CsvRow } from './csv.ts';
import type { IssueLog } from './issue-log.ts';

/**
 * A function from a row to the values of the given columns, in their order; undefined, and what is
 * wrong in the log, where the row does not fit. The next call overwrites the values.
 */
export function rowParser(
  columns: readonly Column[],
  positions: ReadonlyMap<string, number>,
  issues: IssueLog,
): (row: CsvRow) => Float64Array | undefined {
  const values = new Float64Array(columns.length);
  const readers = columns.map((column) => ({
    column,
    position: positions.get(column.name) as number,
    parse: cellParser(column),
  }));
  return ({ line, cells, problem }) => {
    if (problem !== undefined) {
      issues.add(`line ${line}`, problem);
      return undefined;
    }
    let fits = true;
    for (let j = 0; j < readers.length; j++) {
      const { column, position, parse } = readers[j] as (typeof readers)[number];
      const text = cells[position] as string;
      const value = parse(text);
      if (value === undefined) {
        issues.add(`line ${line}, ${column.name}`, unfit(column, text));
        fits = false;
      } else {
        values[j] = value;
      }
    }
    return fits ? values : undefined;
  };
}

/** What is wrong with a cell, and what would be right. */
function unfit(column: Column, text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `${JSON.stringify(shown)} is not ${allowed(column)}`;
}
