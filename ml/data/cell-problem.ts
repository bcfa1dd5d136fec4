import { clip } from '../core/short-list.ts';
import { readingOf } from './decimal.ts';
import { allowed, type Column } from './declaration.ts';
import { type DateColumn, dateParser, formatOf } from './kinds/date.ts';

/** Why cells of a column are refused: one sentence for all that are refused for the same reason. */
export interface CellProblem {
  /** What cells of one kind have in common: "are not a number from 1 to 5", "look like dates". */
  readonly many: string;
  /** The same of a single cell, which precedes it. */
  readonly one: string;
  /** What to do about it, where that does not follow. */
  readonly remedy?: string;
}

/** Texts that other programs write for a value that is not known. */
const notKnown = /^(n\/?a|nan|null|nil|none|unknown|missing|-+|\?+|\.|#n\/a)$/i;

/** Kinds of text that are no number, and are often taken for one; the first that fits tells. */
const notNumbers: readonly (readonly [pattern: RegExp, problem: CellProblem])[] = [
  [
    /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ].*)?$/,
    {
      many: 'look like dates',
      one: 'looks like a date',
      remedy:
        'a date is not a number: declare the column as "kind": "date", written YYYY-MM-DD, or leave the column out of the declaration',
    },
  ],
  [notKnown, { many: 'stand for "not known"', one: 'stands for "not known"', remedy: 'leave such cells empty' }],
  [
    /^[+-]?\d[\d.,'’ \u00a0\u202f]*$/,
    {
      many: 'have commas or spaces among their digits',
      one: 'has commas or spaces among its digits',
      remedy: 'write 1234.5, with a point and nothing between thousands',
    },
  ],
  [
    /^[^\d\s.+-]{0,3}\s*[+-]?\d[\d.,]*\s*[^\d\s][^\d]{0,9}$|^[^\d\s.+-]{1,3}\s*[+-]?\d[\d.,]*$/,
    {
      many: 'have a unit or a sign beside the number',
      one: 'has a unit or a sign beside the number',
      remedy: 'write the number alone, and the unit into the declaration',
    },
  ],
];

/** What is wrong with a cell that its column refuses. */
export function cellProblem(column: Column, text: string): CellProblem {
  const trimmed = text.trim();
  const plain = { many: `are not ${allowed(column)}`, one: `is not ${allowed(column)}` };
  if (column.kind === 'categorical')
    return notKnown.test(trimmed)
      ? { ...plain, remedy: 'where it stands for "not known", leave the cell empty' }
      : plain;
  if (column.kind === 'date') return { ...plain, ...dateRemedy(column, trimmed) };
  const value = Number(trimmed);
  if (Number.isNaN(value) || /^[+-]?0[xob]/i.test(trimmed))
    return notNumbers.find(([pattern]) => pattern.test(trimmed))?.[1] ?? plain;
  if (/\d/.test(trimmed) && readingOf(trimmed, value) === 'lost') {
    if (value === 0 || !Number.isFinite(value))
      return { many: 'are beyond what a number can hold', one: 'is beyond what a number can hold' };
    return {
      many: 'have more digits than a number keeps',
      one: `has more digits than a number keeps: it would be read as ${BigInt(value)}`,
      remedy: 'leave an identifier out of the declaration; of a measure write 15 digits',
    };
  }
  return plain;
}

/** What to do about a text that is no date of the column's format. */
function dateRemedy(column: DateColumn, text: string): Pick<CellProblem, 'remedy'> {
  const { min, max, ...unlimited } = column;
  const isOther = (format: DateColumn['format']) => dateParser({ ...unlimited, format })(text) !== undefined;
  if (notKnown.test(text)) return { remedy: 'where it stands for "not known", leave the cell empty' };
  if (isOther(formatOf(column))) return {};
  if (isOther('date')) return { remedy: 'declare "format": "date" where there is no time of day' };
  if (isOther('date-time')) return { remedy: 'declare "format": "date-time" where there is a time of day' };
  return { remedy: 'write dates as 2024-01-31: year, month, day' };
}

/** A cell's text for a message. */
export function shownCell(text: string): string {
  return JSON.stringify(clip(text, 40));
}

/** The problem of a single cell as a sentence. */
export function cellMessage(text: string, { one, remedy }: CellProblem): string {
  return `${shownCell(text)} ${one}${remedy === undefined ? '' : `; ${remedy}`}`;
}
