import { createReadStream } from 'node:fs';
import { CsvError, type Info, parse } from 'csv-parse';
import { DataError, hasCode } from '../errors.ts';

/** A record of a CSV file; `line` is where it starts, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: string[];
}

const MAX_RECORD_CHARACTERS = 1 << 20;

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell has text after its closing quote; write a quote inside it twice ("")',
  INVALID_OPENING_QUOTE:
    'a quote in the middle of a cell; put the whole cell in quotes and write the inner quote twice ("")',
  CSV_MAX_RECORD_SIZE: 'a record of over a million characters; a quoted cell is probably never closed',
};

/**
 * Streams the records of a CSV file, the header first; a byte-order mark, CRLF, quoted commas
 * and newlines, and blank lines are dealt with.
 *
 * @throws DataError if the file cannot be read, or its quotes leave the rest unreadable.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRow> {
  const lines = new LineCounter();
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  file.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of file.pipe(parser) as AsyncIterable<{ record: string[]; info: Info }>) {
      yield { line: lines.startOf(record, info.lines), cells: record };
    }
  } catch (error) {
    throw readable(error, path, lines.last + 1);
  } finally {
    file.destroy();
  }
}

function readable(error: unknown, path: string, line: number): unknown {
  if (hasCode(error, 'ENOENT')) return new DataError(`${path} does not exist`, { cause: error });
  if (hasCode(error, 'EISDIR')) return new DataError(`${path} is a folder, not a CSV file`, { cause: error });
  if (!(error instanceof CsvError)) return error;
  const message = quoteProblems[error.code] ?? error.message;
  return new DataError(`${path} cannot be read past line ${line - 1}`, {
    issues: [{ path: `line ${line}`, message }],
    cause: error,
  });
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
