import { basename } from 'node:path';
import { type HeaderAndRows, openCsv } from './csv.ts';
import { openJson } from './json.ts';
import { openNdjson } from './ndjson.ts';
import type { Reading } from './reading.ts';
import type { Row } from './row.ts';
import { rowsInMemory } from './rows-in-memory.ts';

/** What rows are counted in: the lines of a file from 1, or the places of an array or a table from 0. */
export type Place = 'line' | 'row';

/** Rows of cells below a header, wherever they come from. */
export interface RowSource {
  /** What people call it. */
  readonly name: string;
  readonly place: Place;
  readonly header: readonly string[];
  /** How many rows there are, where that is known before they are read. */
  readonly count?: number | undefined;
  readonly rows: AsyncIterable<Row> | Iterable<Row>;
}

/**
 * Opens the rows of a file, or those that an array holds as objects: a text, a number, true or false, or null (or nothing) for each column.
 *
 * @param reading how the file is written. @default a CSV in UTF-8, with commas and a header
 * @throws DataError if there is no such file, it is written otherwise, or there is no header in it
 */
export async function openRows(data: string | readonly object[], reading: Reading = {}): Promise<RowSource> {
  if (typeof data !== 'string') return rowsInMemory(data);
  return { name: basename(data), place: placeOf(reading), ...(await openFile(data, reading)) };
}

/** What the rows of a file are counted in. */
function placeOf({ format }: Reading): Place {
  return format === 'parquet' || format === 'json' ? 'row' : 'line';
}

async function openFile(path: string, reading: Reading): Promise<HeaderAndRows> {
  switch (reading.format) {
    case 'json':
      return openJson(path, reading);
    case 'ndjson':
      return openNdjson(path, reading);
    case 'parquet':
      // Few need the decoder, whose loading takes as long as that of a small CSV.
      return (await import('./parquet.ts')).openParquet(path);
    default:
      return openCsv(path, reading);
  }
}
