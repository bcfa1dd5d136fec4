import { type CellProblem, isNot, standsForNotKnown } from '../cell-problem.ts';
import { readingOf } from '../decimal.ts';
import { plainNumber } from './plain-number.ts';
import type { CellReading } from './reading.ts';

/** Kinds of text that are no number, and are often taken for one; the first that fits tells. */
const notNumbers: readonly (readonly [fits: (text: string) => boolean, problem: CellProblem])[] = [
  [
    (text) => /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ].*)?$/.test(text),
    {
      many: 'look like dates',
      one: 'looks like a date',
      remedy:
        'a date is not a number: declare the column as "kind": "date", with its "format", or leave the column out of the declaration',
    },
  ],
  [
    standsForNotKnown,
    {
      many: 'stand for "not known"',
      one: 'stands for "not known"',
      remedy: 'leave such cells empty, or declare the text in "missing"',
    },
  ],
  [
    (text) => /^[+-]?\d[\d.,'’ \u00a0\u202f]*$/.test(text),
    {
      many: 'have commas or spaces among their digits',
      one: 'has commas or spaces among its digits',
      remedy: 'write 1234.5, with a point and nothing between thousands, or declare "decimal" and "thousands"',
    },
  ],
  [
    (text) => /^[^\d\s.+-]{0,3}\s*[+-]?\d[\d.,]*\s*[^\d\s][^\d]{0,9}$|^[^\d\s.+-]{1,3}\s*[+-]?\d[\d.,]*$/.test(text),
    {
      many: 'have a unit or a sign beside the number',
      one: 'has a unit or a sign beside the number',
      remedy: 'write the number alone, and the unit into the declaration',
    },
  ],
];

/** What is wrong with a text that a column of numbers refuses. */
export function numberProblem(text: string, reading: CellReading, allowed: string): CellProblem {
  const literal = plainNumber(reading)(text);
  const value = Number(literal);
  if (Number.isNaN(value) || /^[+-]?0[xob]/i.test(literal))
    return notNumbers.find(([fits]) => fits(text))?.[1] ?? isNot(allowed);
  if (/\d/.test(literal) && readingOf(literal, value) === 'lost') {
    if (value === 0 || !Number.isFinite(value))
      return { many: 'are beyond what a number can hold', one: 'is beyond what a number can hold' };
    return {
      many: 'have more digits than a number keeps',
      one: `has more digits than a number keeps: it would be read as ${BigInt(value)}`,
      remedy: 'leave an identifier out of the declaration; of a measure write 15 digits',
    };
  }
  return isNot(allowed);
}
