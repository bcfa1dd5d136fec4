import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { DataError, hasCode } from '../errors.ts';

/** A record of a CSV file below its header. */
export interface CsvRow {
  /** Where it starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why its cells mean nothing, if they do not. */
  readonly problem?: string;
}

const MAX_RECORD_CHARACTERS = 1 << 20;

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell that is never closed; the file cannot be read past it',
  CSV_INVALID_CLOSING_QUOTE:
    'a quoted cell with text after its closing quote; write a quote inside it twice (""); the file cannot be read past it',
  INVALID_OPENING_QUOTE:
    'a quote in the middle of a cell; put the whole cell in quotes and write the inner quote twice (""); the file cannot be read past it',
  CSV_MAX_RECORD_SIZE:
    'a record of over a million characters: a quoted cell is probably never closed; the file cannot be read past it',
};

/**
 * Opens a CSV file: its header, and a stream of the rows below. A byte-order mark, CRLF, quoted
 * commas and newlines, and blank lines are dealt with; a row of another width than the header has
 * a problem, and so has the last one where quotes leave the rest unreadable.
 *
 * @throws DataError if there is no such file, or no header in it.
 */
export async function openCsv(path: string): Promise<{ header: readonly string[]; rows: AsyncIterable<CsvRow> }> {
  const records = readRecords(path);
  const { value: first } = await records.next();
  if (!first) throw new DataError(`${path} is empty`);
  if (first.problem !== undefined) {
    const issues = [{ path: `line ${first.line}`, message: first.problem }];
    throw new DataError(`${path} has no readable header`, { issues });
  }
  return { header: first.cells, rows: withWidth(records, first.cells.length) };
}

async function* withWidth(records: AsyncIterable<CsvRow>, width: number): AsyncGenerator<CsvRow> {
  for await (const row of records) {
    if (row.problem !== undefined || row.cells.length === width) yield row;
    else yield { ...row, problem: `${row.cells.length} cells where the header has ${width}` };
  }
}

async function* readRecords(path: string): AsyncGenerator<CsvRow, undefined> {
  const lines = new LineCounter();
  let records: CsvRow[] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    // Taken here and not from the stream, which throws away what it holds when an error follows.
    on_record: (cells: string[], info) => {
      records.push({ line: lines.startOf(cells, info.lines), cells });
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
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      await settled((done) => parser.write(chunk, done));
      yield* take();
    }
    await settled((done) => parser.end(done));
    yield* take();
  } catch (error) {
    if (!(error instanceof CsvError)) throw readable(error, path);
    yield* take();
    yield { line: lines.last + 1, cells: [], problem: quoteProblems[error.code] ?? error.message };
  }
}

function readable(error: unknown, path: string): unknown {
  if (hasCode(error, 'ENOENT')) return new DataError(`${path} does not exist`, { cause: error });
  if (hasCode(error, 'EISDIR')) return new DataError(`${path} is a folder, not a CSV file`, { cause: error });
  return error;
}

/** Turns csv-parse's count of lines into the line where a record starts. */
class LineCounter {
  last = 0;
  #counted = 0;
  #excess = 0;

  startOf(record: readonly string[], counted: number): number {
    let inside = 0;
    if (counted - this.#counted > 1) {
      for (const cell of record) {
        const breaks = cell.match(/\r?\n|\r/g) ?? [];
        inside += breaks.length;
        // csv-parse 7 counts a CRLF inside quotes as two lines.
        this.#excess += breaks.filter((lineBreak) => lineBreak === '\r\n').length;
      }
    }
    this.#counted = counted;
    this.last = counted - this.#excess;
    return this.last - inside;
  }
}
