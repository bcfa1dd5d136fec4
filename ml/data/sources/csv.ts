import { CsvError, parse } from 'csv-parse';
import { DataError, hasCode } from '../../core/errors.ts';
import { LineCounter } from './line-counter.ts';
import { NotUtf8, utf8Chunks } from './utf8.ts';

/** A record of a CSV file below its header. */
export interface CsvRow {
  /** Where it starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why its cells mean nothing, if they do not. */
  readonly problem?: string;
  /** Whether the file cannot be read past it. */
  readonly isLast?: true;
}

const MAX_RECORD_CHARACTERS = 1 << 20;

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell with text after its closing quote; write a quote inside it twice ("")',
  INVALID_OPENING_QUOTE:
    'a quote in the middle of a cell; put the whole cell in quotes and write the inner quote twice ("")',
  CSV_MAX_RECORD_SIZE: 'a record of over a million characters: a quoted cell is probably never closed',
};

/**
 * Opens a CSV file in UTF-8: its header, and a stream of the rows below. A byte-order mark, quoted commas and
 * newlines, and lines that end in LF, CRLF or CR, in turns too, are dealt with. A blank line is an empty
 * cell where the header has one column, and is passed over elsewhere.
 * A row of another width than the header has a problem, and so has the one where quotes or bytes
 * that are not UTF-8 leave the rest unreadable.
 *
 * @throws DataError if there is no such file, it is no text, or there is no header in it.
 */
export async function openCsv(path: string): Promise<{ header: readonly string[]; rows: AsyncIterable<CsvRow> }> {
  const batches = readRecords(path);
  let batch = await nextOf(batches);
  while (batch?.every(isBlank)) batch = await nextOf(batches);
  if (!batch) throw new DataError(`${path} is empty`);
  const at = batch.findIndex((row) => !isBlank(row));
  const { line, cells, problem } = batch[at] as CsvRow;
  if (problem !== undefined) {
    const issues = [{ path: `line ${line}`, message: problem }];
    throw new DataError(`${path} has no readable header`, { issues });
  }
  return { header: cells, rows: rowsOf(batch.slice(at + 1), batches, cells.length) };
}

async function* rowsOf(
  begun: CsvRow[],
  batches: AsyncGenerator<CsvRow[], undefined>,
  width: number,
): AsyncGenerator<CsvRow> {
  try {
    for (let batch: CsvRow[] | undefined = begun; batch; batch = await nextOf(batches)) {
      for (const row of batch) {
        if (row.problem !== undefined || row.cells.length === width) yield row;
        else if (!isBlank(row)) yield { ...row, problem: `${row.cells.length} cells where the header has ${width}` };
      }
    }
  } finally {
    await batches.return(undefined);
  }
}

async function nextOf(batches: AsyncIterator<CsvRow[], undefined>): Promise<CsvRow[] | undefined> {
  return (await batches.next()).value;
}

function isBlank({ cells, problem }: CsvRow): boolean {
  return problem === undefined && cells.length === 1 && cells[0]?.trim() === '';
}

/** A file's records in batches, since a step of an asynchronous generator costs as much as a record. */
async function* readRecords(path: string): AsyncGenerator<CsvRow[], undefined> {
  const lines = new LineCounter();
  let records: CsvRow[] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // Named, since csv-parse would take the one that ends the first line for all.
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD_CHARACTERS,
    // Taken here and not from the stream, which throws away what it holds when an error follows.
    on_record: (cells: string[], info) => {
      records.push({ line: lines.startOf(cells, info), cells });
      return null;
    },
  });
  parser.on('error', () => {});
  parser.resume();
  const take = () => {
    const taken = records;
    records = [];
    return taken;
  };
  const settled = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  try {
    for await (const chunk of utf8Chunks(path)) {
      lines.keep(chunk);
      await settled((done) => parser.write(chunk, done));
      yield take();
    }
    await settled((done) => parser.end(done));
    yield take();
  } catch (error) {
    // csv-parse holds the last bytes back until more follow. These go into the record that is never finished.
    if (error instanceof NotUtf8) await settled((done) => parser.write('more', done)).catch(() => {});
    yield [...take(), lastRow(error, lines, path)];
  }
}

/** The row that stands for what cannot be read. */
function lastRow(error: unknown, lines: LineCounter, path: string): CsvRow {
  const row = (line: number, problem: string): CsvRow => ({
    line,
    cells: [],
    problem: `${problem}; the file cannot be read past it`,
    isLast: true,
  });
  if (error instanceof CsvError) return row(lines.last + 1, quoteProblems[error.code] ?? error.message);
  if (!(error instanceof NotUtf8)) throw readable(error, path);
  if (error.isOtherFormat)
    throw new DataError(`${path} is not a CSV in UTF-8; it is ${error.message}`, { cause: error });
  return row(lines.at(error.at), error.message);
}

function readable(error: unknown, path: string): unknown {
  if (hasCode(error, 'ENOENT')) return new DataError(`${path} does not exist`, { cause: error });
  if (hasCode(error, 'EISDIR')) return new DataError(`${path} is a folder, not a CSV file`, { cause: error });
  return error;
}
