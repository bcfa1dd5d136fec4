import { DataError } from '../../core/errors.ts';
import { CsvSplitter } from './csv-splitter.ts';
import { fileText, NotText } from './file-text.ts';
import type { Reading } from './reading.ts';
import { columnsProblem, type Row } from './row.ts';
import { skipLines } from './skip-lines.ts';

/** A header, and a stream of the rows below. */
export interface HeaderAndRows {
  readonly header: readonly string[];
  /** How many rows there are, where the file says so. */
  readonly count?: number;
  readonly rows: AsyncIterable<Row>;
}

/**
 * Opens a CSV file. A byte-order mark, quoted delimiters and newlines, and lines that end in LF, CRLF or CR, in turns too,
 * are dealt with, and so are rows that all end in a delimiter: these have a column without a name. A blank line is an empty cell
 * where the header has one column, and is passed over elsewhere. A row of another width than the header has a problem, and so has
 * the one where quotes or bytes that are no text leave the rest unreadable.
 *
 * @throws DataError if there is no such file, it is no text of its encoding, or there is no header in it.
 */
export async function openCsv(path: string, reading: Reading = {}): Promise<HeaderAndRows> {
  const { header_row: headerLine = 1, headers } = reading;
  const batches = readRecords(path, reading);
  let batch = await nextOf(batches);
  while (batch?.every(isBlank)) batch = await nextOf(batches);
  if (!batch)
    throw new DataError(
      `${path} ${headerLine === 1 ? 'is empty' : `has nothing on line ${headerLine}, its "header_row", or below`}`,
    );
  const at = batch.findIndex((row) => !isBlank(row));
  const { line, cells, problem } = batch[at] as Row;
  if (problem !== undefined) {
    await batches.return(undefined);
    const issues = [{ path: `line ${line}`, message: problem }];
    throw new DataError(`${path} has no readable header`, { issues });
  }
  const tooMany = columnsProblem(cells.length);
  if (tooMany !== undefined) {
    await batches.return(undefined);
    throw new DataError(`${path} ${tooMany}`);
  }
  if (headers === 'none') {
    const header = cells.map((_, i) => `column_${i + 1}`);
    return { header, rows: rowsOf(batch.slice(at), batches, header.length) };
  }
  const below = batch.slice(at + 1);
  const header = endInDelimiter(below, cells.length) ? [...cells, ''] : cells;
  return { header, rows: rowsOf(below, batches, header.length) };
}

/** Whether rows have a delimiter after their last cell, unlike the header above them. */
function endInDelimiter(rows: readonly Row[], width: number): boolean {
  const some = rows.filter((row) => row.problem === undefined && !isBlank(row));
  return some.length > 0 && some.every(({ cells }) => cells.length === width + 1 && cells.at(-1) === '');
}

async function* rowsOf(begun: Row[], batches: AsyncGenerator<Row[], undefined>, width: number): AsyncGenerator<Row> {
  try {
    for (let batch: Row[] | undefined = begun; batch; batch = await nextOf(batches)) {
      for (const row of batch) {
        if (row.problem !== undefined || row.cells.length === width) yield row;
        else if (!isBlank(row)) yield { ...row, problem: `${row.cells.length} cells where the header has ${width}` };
      }
    }
  } finally {
    await batches.return(undefined);
  }
}

async function nextOf(batches: AsyncIterator<Row[], undefined>): Promise<Row[] | undefined> {
  return (await batches.next()).value;
}

function isBlank({ cells, problem }: Row): boolean {
  return problem === undefined && cells.length === 1 && cells[0]?.trim() === '';
}

/** A file's records in batches, since a step of an asynchronous generator costs as much as a record. */
async function* readRecords(path: string, reading: Reading): AsyncGenerator<Row[], undefined> {
  const { encoding, delimiter = ',', header_row: firstLine = 1 } = reading;
  const splitter = new CsvSplitter(delimiter, firstLine);
  try {
    for await (const text of skipLines(fileText(path, encoding), firstLine - 1)) {
      const rows = splitter.next(text);
      yield rows;
      if (rows.at(-1)?.isLast) return;
    }
    yield splitter.end();
  } catch (error) {
    if (!(error instanceof NotText)) throw error;
    if (error.isOtherFormat)
      throw new DataError(`${path} is not a CSV in ${(encoding ?? 'utf-8').toUpperCase()}; it is ${error.message}`, {
        cause: error,
      });
    const { rows, line } = splitter.cut();
    const problem = `${error.message}; the file cannot be read past it`;
    yield [...rows, { line, cells: [], problem, isLast: true }];
  }
}
