import { DataError } from '../../core/errors.ts';
import type { HeaderAndRows } from './csv.ts';
import { parseExactly } from './exact-json.ts';
import { fileText, NotText } from './file-text.ts';
import { KeyCollector, rowOf } from './json-rows.ts';
import type { Reading } from './reading.ts';
import type { Row } from './row.ts';

const MAX_LINE = 1 << 24;

interface Line {
  readonly line: number;
  readonly text: string;
  /** Why nothing can be read from here on. */
  readonly problem?: string;
}

/**
 * Opens a file with a JSON object on each line, a row each, whose keys are the columns. It is read twice, since a key may come late:
 * once for the keys, and once, as it is asked for, for the rows. A line that is no object has a problem; blank ones are passed over.
 *
 * @throws DataError if there is no such file, no object in it, or there are nested values
 */
export async function openNdjson(path: string, { encoding }: Reading = {}): Promise<HeaderAndRows> {
  const keys = new KeyCollector();
  let isEmpty = true;
  for await (const lines of linesOf(path, encoding)) {
    for (const { text, problem } of lines) {
      isEmpty = false;
      if (problem === undefined) keys.add(lineValue(text));
    }
  }
  const header = keys.header(path);
  if (header.length === 0)
    throw new DataError(
      isEmpty
        ? `${path} is empty`
        : `${path} has a JSON object on none of its lines; npm run init finds out its format`,
    );
  return { header, rows: rowsOf(path, encoding, header) };
}

async function* rowsOf(path: string, encoding: Reading['encoding'], header: readonly string[]): AsyncGenerator<Row> {
  for await (const lines of linesOf(path, encoding)) {
    for (const { line, text, problem } of lines) {
      if (problem !== undefined) {
        yield { line, cells: [], problem: `${problem}; the file cannot be read past it`, isLast: true };
        return;
      }
      const value = lineValue(text);
      yield value instanceof SyntaxError
        ? { line, cells: [], problem: `is no JSON: ${value.message}` }
        : rowOf(line, value, header);
    }
  }
}

function lineValue(text: string): unknown {
  try {
    return parseExactly(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** The lines of a file that are not blank, in batches. */
async function* linesOf(path: string, encoding: Reading['encoding']): AsyncGenerator<Line[], undefined> {
  let line = 1;
  let rest = '';
  const split = (text: string): Line[] => {
    const texts = (rest + text).split('\n');
    rest = texts.pop() as string;
    const lines = texts.map((text, i) => ({ line: line + i, text: text.trim() }));
    line += texts.length;
    return lines.filter(({ text }) => text !== '');
  };
  try {
    for await (const piece of fileText(path, encoding)) {
      yield split(piece);
      if (rest.length > MAX_LINE) {
        yield [{ line, text: '', problem: 'a line of over 16 million characters' }];
        return;
      }
    }
    yield split('\n');
  } catch (error) {
    if (!(error instanceof NotText)) throw error;
    if (error.isOtherFormat) throw new DataError(`${path} is not NDJSON; it is ${error.message}`, { cause: error });
    yield [{ line, text: '', problem: error.message }];
  }
}
