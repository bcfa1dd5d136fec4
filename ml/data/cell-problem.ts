import { clip } from '../core/short-list.ts';

/** Why cells of a column are refused: one sentence for all that are refused for the same reason. */
export interface CellProblem {
  /** What cells of one kind have in common: "are not a number from 1 to 5", "look like dates". */
  readonly many: string;
  /** The same of a single cell, which precedes it. */
  readonly one: string;
  /** What to do about it, where that does not follow. */
  readonly remedy?: string;
}

/** What a cell is that is none of what is allowed. */
export const isNot = (allowed: string): CellProblem => ({ many: `are not ${allowed}`, one: `is not ${allowed}` });

const notKnown = /^(n\/?a|nan|null|nil|none|unknown|missing|-+|\?+|\.|#n\/a)$/i;

/** Whether it is what other programs write for a value that is not known. */
export const standsForNotKnown = (text: string): boolean => notKnown.test(text);

/** What to do about such a text where it may be something else. */
export const IF_NOT_KNOWN = 'where it stands for "not known", leave the cell empty, or declare it in "missing"';

/** A cell's text for a message. */
export function shownCell(text: string): string {
  return JSON.stringify(clip(text, 40));
}

/** The problem of a single cell as a sentence. */
export function cellMessage(text: string, { one, remedy }: CellProblem): string {
  return `${shownCell(text)} ${one}${remedy === undefined ? '' : `; ${remedy}`}`;
}
