// What columns of a few texts have in common, whose values are the indices of levels.

import { type CellProblem, IF_NOT_KNOWN, isNot, standsForNotKnown } from '../cell-problem.ts';
import { cellTextOf } from './cell-text.ts';
import { type CellReading, missingTexts } from './reading.ts';

/** The code that each text stands for; several texts may stand for one. */
export type Codes = ReadonlyMap<string, number>;

/** The texts that a column may have, and those that say that its value is not known, whose code is NaN. */
export function codesWithMissing(
  codes: Codes,
  column: { readonly missing?: readonly string[] | undefined },
  reading: CellReading,
): Codes {
  return new Map([...[...missingTexts(column, reading)].map((text) => [text, Number.NaN] as const), ...codes]);
}

/** A function from a cell's text to its code. @param other the code of any text that is not listed; undefined where it is refused */
export function codeParser(codes: Codes, other?: number): (text: string) => number | undefined {
  return (text) => codes.get(text) ?? codes.get(cellTextOf(text)) ?? other;
}

/** The same of a text of JSON, where spaces count, and only null is an empty value. */
export function codeReader(codes: Codes, other?: number): (value: unknown) => number | undefined {
  return (value) => {
    if (typeof value !== 'string' || value === '') return undefined;
    return codes.get(value) ?? codes.get(value.normalize()) ?? (value.trim() === '' ? undefined : other);
  };
}

/** A function from a code to its level. */
export const levelWriter = (levels: readonly string[]) => (code: number) => levels[code] as string;

/** What is wrong with a text that is none of the levels. */
export function levelProblem(text: string, allowed: string): CellProblem {
  return standsForNotKnown(text.trim()) ? { ...isNot(allowed), remedy: IF_NOT_KNOWN } : isNot(allowed);
}
