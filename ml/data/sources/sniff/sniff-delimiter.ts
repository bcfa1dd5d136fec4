import type { Row } from '../row.ts';
import { shapeOf } from './cell-shape.ts';
import { recordsOf, type Sample } from './sample.ts';

/** How a sample is split into cells. */
export interface SniffedDelimiter {
  /** Null where there is one column. */
  readonly delimiter: string | null;
  readonly rows: readonly Row[];
  /** How many cells most rows have. */
  readonly width: number;
  readonly evidence: string;
}

const candidates = [',', ';', '\t', '|'] as const;
/** Times have colons, and texts spaces: these are tried where nothing else separates cells. */
const lastResorts = [':', ' '] as const;

const names: Readonly<Record<string, string>> = { '\t': 'a tab', ' ': 'a space' };

/**
 * Finds what separates the cells, by how many rows it gives as many cells, and by how many of these look like values.
 *
 * @param told what the file itself names
 */
export function sniffDelimiter(sample: Sample, told?: string): SniffedDelimiter {
  const usual =
    told === undefined ? best(candidates.map((delimiter) => splitBy(sample, delimiter))) : splitBy(sample, told);
  const found = usual ?? best(lastResorts.map((delimiter) => splitBy(sample, delimiter)));
  if (!found) return oneColumn(sample);
  const { delimiter, rows, width, agreeing } = found;
  const name = names[delimiter] ?? `"${delimiter}"`;
  const evidence = `${name} separates ${width} cells in ${agreeing} of ${rows.length} rows`;
  return { delimiter, rows, width, evidence };
}

interface Split {
  readonly delimiter: string;
  readonly rows: readonly Row[];
  readonly width: number;
  /** How many rows have this width. */
  readonly agreeing: number;
  readonly score: number;
}

function best(splits: readonly Split[]): Split | undefined {
  const [first] = splits.filter(isTable).sort((a, b) => b.score - a.score);
  return first;
}

/** Source: van den Burg, Nazábal and Sutton 2019, Wrangling messy CSV files by detecting row and type patterns: few widths, and known types. */
function splitBy(sample: Sample, delimiter: string): Split {
  const rows = recordsOf(sample, delimiter);
  const counts = new Map<number, number>();
  let cells = 0;
  let known = 0;
  for (const row of rows) {
    counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
    cells += row.cells.length;
    for (const cell of row.cells) if (shapeOf(cell) !== 'other') known += 1;
  }
  const widths = [...counts].sort(([a, n], [b, m]) => m - n || b - a);
  const [width, agreeing] = widths[0] ?? [0, 0];
  const pattern = widths.reduce((sum, [width, count]) => sum + (count * (width - 1)) / width, 0) / widths.length;
  return { delimiter, rows, width, agreeing, score: pattern * (known / cells) ** 2 };
}

function isTable({ delimiter, rows, width, agreeing, score }: Split): boolean {
  if (width < 2 || !(score > 0) || agreeing < rows.length / 2) return false;
  if (delimiter === ' ') return isOfNumbers(rows, width);
  return !isText(delimiter, rows, width);
}

/** Whether the rows are one column of decimals with commas, or of texts with commas in them, below a header without any. */
function isText(delimiter: string, rows: readonly Row[], width: number): boolean {
  const start = rows.findIndex(({ cells }) => cells.length === width);
  if (start === 0) return false;
  const [first] = rows.slice(start);
  const below = rows.filter(({ cells }) => cells.length === width);
  if (first?.cells.some((cell) => shapeOf(cell) === 'number')) return delimiter === ',' && width === 2;
  const isInText = (cell: string) => cell.startsWith(' ') && ['word', 'other'].includes(shapeOf(cell));
  return below.every(({ cells }) => cells.slice(1).every(isInText));
}

/** Whether most cells are numbers, and none is empty. */
function isOfNumbers(rows: readonly Row[], width: number): boolean {
  const cells = rows.filter((row) => row.cells.length === width).flatMap((row) => row.cells);
  const numbers = cells.filter((cell) => shapeOf(cell) === 'number').length;
  return 2 * numbers > cells.length && !cells.includes('');
}

/** A comma in a cell would end it: another delimiter is named, which no cell has. */
function oneColumn(sample: Sample): SniffedDelimiter {
  const unused = [...candidates, ...lastResorts].find((candidate) => !sample.text.includes(candidate)) ?? ',';
  const delimiter = unused === ',' ? null : unused;
  const evidence =
    delimiter === null ? 'one column: nothing separates cells' : 'one column: no character gives rows as many cells';
  return { delimiter, rows: recordsOf(sample, unused), width: 1, evidence };
}

/** Whether cells are set apart by runs of spaces, as in a text that is laid out in columns. */
export function isLaidOut(rows: readonly Row[]): boolean {
  const widths = rows.map(({ cells }) => (cells[0] ?? '').trim().split(/\s+/));
  const width = widths[1]?.length ?? 0;
  const numbers = widths.flat().filter((cell) => shapeOf(cell) === 'number').length;
  return (
    width > 1 &&
    widths.length > 2 &&
    widths.every(({ length }) => length === width) &&
    2 * numbers > widths.flat().length
  );
}
