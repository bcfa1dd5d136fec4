import { basename } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { isGzip } from './file-bytes.ts';
import { binaryFormat } from './other-format.ts';
import type { Format } from './reading.ts';

/** The formats of files that are rows of cells alone. */
export type TableFormat = Extract<Format, 'csv' | 'parquet'>;

/** So many bytes tell what a file is. */
export const START_BYTES = 512;

/** Whether a file of these first bytes is Parquet. */
export const isParquet = (start: Uint8Array): boolean =>
  start.length >= 4 && String.fromCharCode(...start.subarray(0, 4)) === 'PAR1';

/**
 * What a file of rows is by its first bytes, whatever its name is: Parquet, or else text, which gzip may have packed.
 *
 * @param start its first bytes, 512 or all that there are
 * @param file its name
 * @throws DataError where it is a workbook, an archive or something else that holds no rows as they are read, with the remedy
 */
export function tableFormat(start: Uint8Array, file: string): TableFormat {
  if (isParquet(start)) return 'parquet';
  if (isGzip(start)) return 'csv';
  const other = binaryFormat(start, basename(file));
  if (other !== undefined) throw new DataError(`${file} is neither a CSV nor Parquet; it is ${other}`);
  return 'csv';
}
