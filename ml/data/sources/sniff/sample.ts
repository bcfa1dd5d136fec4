import { CsvSplitter } from '../csv-splitter.ts';
import { fileText, NotText } from '../file-text.ts';
import type { Encoding } from '../reading.ts';
import type { Row } from '../row.ts';

const SAMPLE_CHARACTERS = 1 << 20;
/** So many rows tell how they are split. */
const SAMPLE_ROWS = 5000;

/** The start of a file's text. */
export interface Sample {
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

export async function readSample(path: string, encoding: Encoding): Promise<Sample> {
  let text = '';
  try {
    for await (const piece of fileText(path, encoding)) {
      text += piece;
      if (text.length >= SAMPLE_CHARACTERS) return { text, isWhole: false };
    }
  } catch (error) {
    // Whoever reads the file says what is wrong with it, and on which line.
    if (!(error instanceof NotText)) throw error;
    return { text, isWhole: false };
  }
  return { text, isWhole: true };
}

/** So many lines above a header may have quotes that mean nothing. */
const MAX_TITLE_LINES = 20;

/** The records of a sample that are not blank, split by a delimiter, up to the first that quotes make unreadable. */
export function recordsOf({ text, isWhole }: Sample, delimiter: string): Row[] {
  const titles: Row[] = [];
  let rest = text;
  for (let line = 1; ; line++) {
    const splitter = new CsvSplitter(delimiter, line);
    const rows = splitter.next(rest);
    if ((isWhole || rows.length === 0) && !rows.at(-1)?.isLast) rows.push(...splitter.end());
    const isTitle = rows[0]?.isLast === true && line <= MAX_TITLE_LINES;
    const end = /\r\n|\n|\r/.exec(rest);
    if (!isTitle || !end)
      return [...titles, ...rows].filter((row) => !row.isLast && !isBlank(row)).slice(0, SAMPLE_ROWS);
    titles.push({ line, cells: [rest.slice(0, end.index)] });
    rest = rest.slice(end.index + end[0].length);
  }
}

const isBlank = ({ cells }: Row) => cells.every((cell) => cell.trim() === '');
