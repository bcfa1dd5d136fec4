import { DataError } from '../../core/errors.ts';
import { groupBy } from '../../core/group-by.ts';
import { shortList } from '../../core/short-list.ts';
import { headerKey } from '../../data/header-key.ts';
import { summarizeRows, type TableSummary } from '../../data/inference/summarize-rows.ts';
import type { Reading } from '../../data/sources/reading.ts';
import { openRows } from '../../data/sources/row-source.ts';
import { readingFrom, sniffFile } from '../../data/sources/sniff/sniff-file.ts';

/** A file that nobody prepared, read once. */
export interface ReadTable {
  readonly summary: TableSummary;
  /** How the file is read, as far as that is not the default. */
  readonly reading: Reading;
  /** What showed that, in sentences without a full stop. */
  readonly evidence: readonly string[];
}

/**
 * Finds out how a file is written, and reads it once from its first row to its last.
 *
 * @param onRows told now and then how many rows are read
 * @throws DataError where it is no table, rows of it cannot be read, or its header has a column twice
 */
export async function readTable(path: string, onRows?: (rows: number) => void): Promise<ReadTable> {
  const sniffed = await sniffFile(path);
  const reading = readingFrom(sniffed);
  const source = await openRows(path, reading);
  checkHeader(source.name, source.header);
  return { summary: await summarizeRows(source, onRows), reading, evidence: sniffed.evidence };
}

/** Columns are told apart by their headers, whatever their case and punctuation. */
function checkHeader(file: string, header: readonly string[]): void {
  const alike = groupBy(header, headerKey);
  const twice = [...alike]
    .filter(([key, { length }]) => key !== '' && length > 1)
    .map(([, headers]) => headers.join(' and '));
  if (twice.length > 0)
    throw new DataError(
      `the header of ${file} names columns alike, which could not be told apart: ${shortList(twice)}; rename or remove one of each`,
    );
}
