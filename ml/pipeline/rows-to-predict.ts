import { basename } from 'node:path';
import { DataError } from '../core/errors.ts';
import { type HeaderMatch, matchHeader } from '../data/header.ts';
import type { CellReading } from '../data/kinds/reading.ts';
import type { Reading } from '../data/sources/reading.ts';
import { openRows, type RowSource } from '../data/sources/row-source.ts';
import type { Predictor } from './predictor.ts';

/** Rows of a file that has every feature. */
export interface RowsToPredict extends RowSource, HeaderMatch {
  /** How the file and its cells are written. */
  readonly reading: Reading & CellReading;
}

/**
 * Opens a file of rows to predict: it is written as that of the data set is, or is a plain CSV (its decimals too have points), since the titles and the encoding of a large
 * export are seldom those of a few new rows.
 *
 * @throws DataError where it is neither, or lacks a feature
 */
export async function openRowsToPredict(path: string, { features, manifest }: Predictor): Promise<RowsToPredict> {
  const failures: DataError[] = [];
  const { dataset } = manifest;
  const readings: readonly (Reading & CellReading)[] = [dataset, { missing: dataset.missing, areBare: true }];
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
