import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError } from '../core/errors.ts';
import { type HeaderMatch, matchHeader } from '../data/header.ts';
import type { CellReading } from '../data/kinds/reading.ts';
import type { Format, Reading } from '../data/sources/reading.ts';
import { openRows, type RowSource } from '../data/sources/row-source.ts';
import { isParquet } from '../data/sources/table-format.ts';
import type { Predictor } from './predictor.ts';

/** Rows of a file that has every feature. */
export interface RowsToPredict extends RowSource, HeaderMatch {
  /** How the file and its cells are written. */
  readonly reading: Reading & CellReading;
}

/**
 * Opens a file of rows to predict: it is Parquet, is written as that of the data set, or is a plain CSV (its decimals too have points), since the titles and the encoding of a
 * large export are seldom those of a few new rows.
 *
 * @param formats those that are read; others may be declared, and are not tried. @default all
 * @throws DataError where it is none of these, or lacks a feature
 */
export async function openRowsToPredict(
  path: string,
  { features, manifest }: Pick<Predictor, 'features'> & { readonly manifest: Pick<Predictor['manifest'], 'dataset'> },
  formats?: readonly Format[],
): Promise<RowsToPredict> {
  const failures: DataError[] = [];
  const { dataset } = manifest;
  const plain = { missing: dataset.missing, areBare: true } as const;
  const declared = dataset.format ?? 'csv';
  const readings: (Reading & CellReading)[] =
    declared !== 'parquet' && (await startsAsParquet(path))
      ? [{ ...plain, format: 'parquet' }]
      : [...(formats === undefined || formats.includes(declared) ? [dataset] : []), plain];
  for (const reading of readings) {
    try {
      const source = await openRows(path, reading);
      return { ...source, ...matchHeader(source.header, basename(path), features), reading };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      failures.push(error);
    }
  }
  throw failures[0];
}

/** Whether a file is Parquet, as its first bytes say; what is no file, as a pipe, is not looked at, since it is read but once. */
async function startsAsParquet(path: string): Promise<boolean> {
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile) return false;
  const file = await open(path);
  try {
    const start = Buffer.alloc(4);
    await file.read(start);
    return isParquet(start);
  } finally {
    await file.close();
  }
}
