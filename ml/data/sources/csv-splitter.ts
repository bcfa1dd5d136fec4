import type { Row } from './row.ts';

const MAX_CELL = 1 << 20;
const MAX_RECORD = 1 << 24;

const QUOTE = 0x22;
const SPACE = 0x20;
const LF = 0x0a;
const CR = 0x0d;

const NEVER_CLOSED = 'a quoted cell that is never closed';
const HUGE_CELL = 'a cell of over a million characters: a quoted cell is probably never closed';
const HUGE_RECORD = 'a line of over 16 million characters, so that this is probably no CSV';
const AFTER_CLOSING = 'a quoted cell with text after its closing quote; write a quote inside it twice ("")';
const IN_THE_MIDDLE =
  'a quote in the middle of a cell; put the whole cell in quotes and write the inner quote twice ("")';

/** A record and where the next one starts. */
interface Split {
  readonly cells: readonly string[];
  readonly next: number;
}

/** Why the text cannot be split past here, or that it takes more text to know. */
type Unsplit = { readonly problem: string } | 'more';

/**
 * Splits the text of a CSV into records: cells that may be quoted, with spaces around the quotes, and then hold delimiters, line ends and
 * quotes that are written twice; lines that end in LF, CRLF or CR, in turns too. A blank line is a record of one empty cell.
 *
 * Where quotes leave the rest unreadable, the last row says so. Source: RFC 4180.
 */
export class CsvSplitter {
  readonly #delimiter: string;
  /** What has come and is in no record yet. */
  #text = '';
  /** The line on which it starts. */
  #line: number;
  #isOver = false;

  /** @param line that the text starts on */
  constructor(delimiter: string, line = 1) {
    this.#delimiter = delimiter;
    this.#line = line;
  }

  /** Takes the next piece of the text, and gives the records that are whole with it. */
  next(text: string): Row[] {
    this.#text += text;
    return this.#split(false);
  }

  /** The rest, once nothing follows. */
  end(): Row[] {
    return this.#split(true);
  }

  /** The rest where something follows that cannot be read, and the line that this stands on. */
  cut(): { readonly rows: Row[]; readonly line: number } {
    // Any character ends a line after a CR.
    const rows = this.next('\0').filter(({ isLast }) => !isLast);
    return { rows, line: this.#line + lineBreaksIn(this.#text) };
  }

  #split(isEnd: boolean): Row[] {
    const text = this.#text;
    const rows: Row[] = [];
    let at = 0;
    let cr = -1;
    let lf = -1;
    let quote = -1;
    while (at < text.length && !this.#isOver) {
      if (cr < at) cr = indexOrEnd(text, '\r', at);
      if (lf < at) lf = indexOrEnd(text, '\n', at);
      if (quote < at) quote = indexOrEnd(text, '"', at);
      const end = Math.min(cr, lf);
      const split = quote < end ? this.#quoted(at, isEnd) : this.#plain(at, end, isEnd);
      if (split === 'more') {
        if (text.length - at <= MAX_RECORD) break;
        this.#giveUp(rows, HUGE_RECORD);
      } else if ('problem' in split) this.#giveUp(rows, split.problem);
      else {
        rows.push({ line: this.#line, cells: split.cells });
        this.#line += quote < end ? Math.max(1, lineBreaksIn(text.slice(at, split.next))) : 1;
        at = split.next;
      }
    }
    this.#text = this.#isOver ? '' : text.slice(at);
    return rows;
  }

  #giveUp(rows: Row[], problem: string): void {
    this.#isOver = true;
    rows.push({ line: this.#line, cells: [], problem: `${problem}; the file cannot be read past it`, isLast: true });
  }

  /** A record without quotes, up to `end`. */
  #plain(at: number, end: number, isEnd: boolean): Split | 'more' {
    const text = this.#text;
    const next = afterLine(text, end, isEnd);
    if (next === undefined) return 'more';
    return { cells: text.slice(at, end).split(this.#delimiter).map(ownText), next };
  }

  /** A record with quotes. */
  #quoted(start: number, isEnd: boolean): Split | Unsplit {
    const text = this.#text;
    const delimiter = this.#delimiter.charCodeAt(0);
    const cells: string[] = [];
    for (let at = start; ; at++) {
      const open = delimiter === SPACE ? at : afterSpaces(text, at);
      const cell = text.charCodeAt(open) === QUOTE ? quotedCell(text, open, isEnd) : plainCell(text, at, delimiter);
      if (cell === 'more' || 'problem' in cell) return cell;
      cells.push(ownText(cell.text));
      at = delimiter === SPACE || text.charCodeAt(open) !== QUOTE ? cell.end : afterSpaces(text, cell.end);
      const code = text.charCodeAt(at);
      if (code === delimiter) continue;
      if (at < text.length && code !== LF && code !== CR) return { problem: AFTER_CLOSING };
      const next = afterLine(text, at, isEnd);
      return next === undefined ? 'more' : { cells, next };
    }
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
}

function quotedCell(text: string, at: number, isEnd: boolean): Cell | Unsplit {
  let close = text.indexOf('"', at + 1);
  let isEscaped = false;
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
    isEscaped = true;
    close = text.indexOf('"', close + 2);
  }
  if ((close < 0 ? text.length : close) - at > MAX_CELL) return { problem: HUGE_CELL };
  // A quote at the end may be the first of two.
  if (close < 0 || (close === text.length - 1 && !isEnd)) return isEnd ? { problem: NEVER_CLOSED } : 'more';
  const inner = text.slice(at + 1, close);
  return { text: isEscaped ? inner.replaceAll('""', '"') : inner, end: close + 1 };
}

function plainCell(text: string, at: number, delimiter: number): Cell | Unsplit {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === LF || code === CR) break;
    if (code === QUOTE) return { problem: IN_THE_MIDDLE };
  }
  return { text: text.slice(at, end), end };
}

function afterSpaces(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === SPACE) end += 1;
  return end;
}

/** Where the line after the one that ends here starts; undefined where more text has to tell. */
function afterLine(text: string, end: number, isEnd: boolean): number | undefined {
  if (end >= text.length) return isEnd ? text.length : undefined;
  if (text.charCodeAt(end) === LF) return end + 1;
  if (end + 1 === text.length && !isEnd) return undefined;
  return text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

function lineBreaksIn(text: string): number {
  return (text.match(/\r\n|\n|\r/g) ?? []).length;
}

/** V8 makes a slice from here on a view, which would keep the whole piece of the file in memory for as long as a cell is kept. */
const VIEW_LENGTH = 13;

/** A text with memory of its own. */
function ownText(text: string): string {
  return text.length < VIEW_LENGTH ? text : ` ${text}`.slice(1);
}
