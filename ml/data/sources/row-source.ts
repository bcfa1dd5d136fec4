import { basename } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { type CsvRow, openCsv } from './csv.ts';

/** What rows are counted in: the lines of a file from 1, or the places of an array from 0. */
export type Place = 'line' | 'row';

/** Rows of cells below a header, wherever they come from. */
export interface RowSource {
  /** What people call it. */
  readonly name: string;
  readonly place: Place;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<CsvRow> | Iterable<CsvRow>;
}

/**
 * Opens the rows of a CSV file, or those that an array holds as objects: a text, a number, or null (or nothing) for each column.
 *
 * @throws DataError if there is no such file, or no header in it
 */
export async function openRows(data: string | readonly object[]): Promise<RowSource> {
  if (typeof data !== 'string') return rowsInMemory(data);
  return { name: basename(data), place: 'line', ...(await openCsv(data)) };
}

function rowsInMemory(objects: readonly object[]): RowSource {
  if (objects.length === 0) throw new DataError('the data has no rows');
  const header = [...new Set(objects.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))];
  return { name: 'the data', place: 'row', header, rows: cellsOf(objects, header) };
}

/** Numbers and texts become cells, so that they are checked as those of a file are. */
function* cellsOf(objects: readonly object[], header: readonly string[]): Generator<CsvRow> {
  for (const [line, row] of objects.entries()) {
    if (!isRecord(row)) {
      yield { line, cells: [], problem: 'is no object with a value for each column' };
      continue;
    }
    const wrong = header.find((name) => cellOf(row[name]) === undefined);
    if (wrong === undefined) yield { line, cells: header.map((name) => cellOf(row[name]) as string) };
    else yield { line, cells: [], problem: `${wrong} is ${inWords(row[wrong])}; ${REMEDY}` };
  }
}

const REMEDY =
  'give a number, a text, or null where it is not known: a date as 2024-01-31, a yes or no as the text or number that it is declared by';

const isRecord = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function inWords(value: unknown): string {
  if (value instanceof Date) return 'a Date';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}
