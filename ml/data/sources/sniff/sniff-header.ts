import type { Row } from '../row.ts';
import { type CellShape, shapeOf } from './cell-shape.ts';

/** Which row of a table is its header. */
export interface SniffedHeader {
  /** Its line, from 0; without a header, that of the first row. */
  readonly headerRow: number;
  readonly hasHeader: boolean;
  readonly evidence: readonly string[];
}

/** So many rows tell what a column holds. */
const MANY = 1000;

/** Finds the header: the first row as wide as the table, unless it reads like the rows below. */
export function sniffHeader(rows: readonly Row[], width: number): SniffedHeader {
  const evidence: string[] = [];
  const at = firstOfTable(rows, width);
  const first = rows[at];
  if (!first) return { headerRow: 0, hasHeader: true, evidence };
  const headerRow = first.line - 1;
  if (at > 0) evidence.push(`${at === 1 ? 'a line above is' : `${at} lines above are`} no part of the table`);
  const body = rows.slice(at + 1, at + 1 + MANY).filter(({ cells }) => cells.length === width);
  const hasHeader = body.length === 0 || looksLikeHeader(first.cells, body);
  if (!hasHeader) evidence.push(`no header: line ${first.line} reads like the rows below it`);
  return { headerRow, hasHeader, evidence };
}

function firstOfTable(rows: readonly Row[], width: number): number {
  const wide = Math.max(
    0,
    rows.findIndex(({ cells }) => cells.length === width),
  );
  const above = rows[wide - 1];
  // A header may lack a name, or rows may end in a delimiter: whoever reads the file says so.
  if (above && width > 2 && above.cells.length === width - 1 && isAllTexts(above) && !isAllTexts(rows[wide]))
    return wide - 1;
  let at = wide;
  // What a spreadsheet writes of a title has the cells beside it, all of them empty; a comment may have commas of its own.
  while (isTitle(rows[at], width) && rows[at + 1]?.cells.length === width && isAllTexts(rows[at + 1])) at += 1;
  return at;
}

function isTitle(row: Row | undefined, width: number): boolean {
  if (!row || width < 2) return false;
  const [first = '', ...others] = row.cells.map((cell) => cell.trim());
  return first.startsWith('#') || (first !== '' && others.every((cell) => cell === ''));
}

function isAllTexts(row: Row | undefined): boolean {
  return row?.cells.every((cell) => ['word', 'other'].includes(shapeOf(cell))) ?? false;
}

/**
 * Each column of numbers or dates votes by whether the first row has one too, and one of few texts by whether the first row's is among
 * them. Numbers that count up, as years do, are names of columns.
 */
function looksLikeHeader(first: readonly string[], body: readonly Row[]): boolean {
  let pro = 0;
  let contra = 0;
  const isCounting = countsUp(first);
  for (const [j, cell] of first.entries()) {
    const shape = shapeOf(cell);
    if (shape === 'empty') continue;
    const column = body.map(({ cells }) => (cells[j] as string).trim()).filter((text) => shapeOf(text) !== 'empty');
    if (column.length === 0) continue;
    const isOf = (wanted: CellShape) => column.filter((text) => shapeOf(text) === wanted).length >= 0.9 * column.length;
    if (isOf('number') || isOf('date')) {
      if (shape === 'word' || shape === 'other') pro += 1;
      else if (!isCounting) contra += 1;
    } else if (column.includes(cell.trim()) && new Set(column).size < column.length) contra += 1;
  }
  return pro >= contra;
}

/** Whether the numbers of a row count up. */
function countsUp(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => shapeOf(cell) === 'number').map(Number);
  return numbers.length > 2 && numbers.every((value, i) => i === 0 || value === (numbers[i - 1] as number) + 1);
}
