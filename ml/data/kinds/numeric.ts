import { z } from 'zod';
import { formatExact } from '../../core/format-number.ts';
import { rangeInWords } from '../../core/range-words.ts';
import type { CellProblem } from '../cell-problem.ts';
import { gridCheck } from '../decimal.ts';
import { numberFrom } from '../number-from.ts';
import { cellText } from './cell-text.ts';
import { defineKind, type FeatureKind } from './column-kind.ts';
import { columnShape } from './column-shape.ts';
import { affixesInWords, bareNumber } from './number-affixes.ts';
import { numberProblem } from './number-problem.ts';
import { plainNumber } from './plain-number.ts';
import { type CellReading, missingCheck, missingTexts, missingValues } from './reading.ts';
import { signInFront } from './sign-in-front.ts';

const schema = z
  .strictObject({
    ...columnShape,
    kind: z.literal('numeric'),
    min: z.number().optional().describe('The smallest value that is allowed.'),
    max: z.number().optional().describe('The largest value that is allowed.'),
    step: z.number().positive().optional().describe('Granularity, counted from min (or zero): 1 for whole numbers.'),
    unit: z.string().optional().describe('Shown behind numbers: "m²".'),
    prefix: cellText
      .refine((text) => !/[\d+-]$/.test(text), 'must not end with a digit or a sign')
      .optional()
      .describe('What stands before the number in each cell of the file: "$". It is passed over.'),
    suffix: cellText
      .refine((text) => !/^[\d.,+-]/.test(text), 'must not begin with a digit, a sign, a point or a comma')
      .optional()
      .describe('What stands behind the number in each cell of the file: "%". It is passed over.'),
    parentheses: z
      .literal(true)
      .optional()
      .describe('Parentheses around a number say that it is below zero: (123) is −123.'),
  })
  .refine((column) => (column.min ?? -Infinity) < (column.max ?? Infinity), {
    path: ['min'],
    message: 'must be below max',
  })
  .refine(({ min, max, step }) => min === undefined || max === undefined || step === undefined || step <= max - min, {
    path: ['step'],
    message: 'must be at most max − min, or min is the only value',
  });

/** A column of numbers; a table holds them as they are. */
export type NumericColumn = z.infer<typeof schema>;

export const numeric = defineKind(
  { name: 'numeric', schema, roles: ['target', 'weight', 'group', 'time'] },
  (column): FeatureKind => {
    const { min, max, step, unit, prefix } = column;
    const fits = rangeCheck(column);
    const allowed = () => allowedNumber(column);
    return {
      values: 'number',
      unit,
      prefix,
      step,
      limits: { min, max },
      allowed,
      parser(reading) {
        const isMissing = missingCheck(column, reading);
        const numberOf = numberReader(column, reading);
        const missing = missingNumbers(column, reading);
        return (text) => {
          const trimmed = text.trim();
          if (isMissing(trimmed)) return Number.NaN;
          const value = numberOf(trimmed);
          if (value === undefined) return undefined;
          if (missing.size > 0 && missing.has(value)) return Number.NaN;
          return fits(value) ? value : undefined;
        };
      },
      problem: (given, reading) => {
        const text = signInFront(given.trim());
        const number = bareNumber(column, reading)(text);
        const isBare = number === undefined && numberFrom(plainNumber(reading)(text)) !== undefined;
        return isBare ? affixProblem(column) : numberProblem(number ?? text, reading, allowed());
      },
      literal(reading) {
        const plain = plainNumber(reading);
        const bare = bareNumber(column, reading);
        return (given) => {
          const text = signInFront(given.trim());
          return plain(bare(text) ?? text);
        };
      },
      writer: () => String,
      valueReader(reading) {
        const missing = missingNumbers(column, reading);
        return (value) => {
          if (typeof value !== 'number') return undefined;
          if (missing.has(value)) return Number.NaN;
          return fits(value) ? value : undefined;
        };
      },
      fromText: (text) => numberReader(column, { areBare: true })(text) ?? text,
      example: () => [min, 0, max].find((value) => value !== undefined && fits(value)) ?? null,
      jsonSchema: () => ({ type: [isWhole(column) ? 'integer' : 'number', 'null'], minimum: min, maximum: max }),
      control: () => ({ control: 'number', min, max, step }),
    };
  },
);

/** A function from a text to the number that it stands for, be it one that the column allows or not; undefined where it is none. */
function numberReader(column: NumericColumn, reading: CellReading): (text: string) => number | undefined {
  const plain = plainNumber(reading);
  const bare = bareNumber(column, reading);
  const read = (text: string) => {
    const number = bare(text);
    return number === undefined ? undefined : numberFrom(plain(number));
  };
  // Few cells are read in the second way, which costs something.
  return (text) => read(text) ?? read(signInFront(text));
}

/** The numbers that stand for "not known". */
function missingNumbers(column: NumericColumn, reading: CellReading): ReadonlySet<number> {
  const [beside, alone] = [
    numberReader(column, reading),
    numberReader({ ...column, prefix: undefined, suffix: undefined }, reading),
  ];
  return missingValues(missingTexts(column, reading), (text) => beside(text) ?? alone(text));
}

/** What is wrong with a cell that lacks what stands beside the numbers of its column. */
function affixProblem(column: NumericColumn): CellProblem {
  const affixes = affixesInWords(column);
  return {
    many: `are without ${affixes}`,
    one: `is without ${affixes}`,
    remedy: 'write it into each cell, or take it out of each cell and of the declaration',
  };
}

/** A function that says whether a number is within a column's range and on its step. */
function rangeCheck({ min = -Infinity, max = Infinity, step }: NumericColumn): (value: number) => boolean {
  const isOnGrid = step === undefined ? undefined : gridCheck(step, min === -Infinity ? 0 : min);
  return (value) =>
    Number.isFinite(value) && value >= min && value <= max && (isOnGrid === undefined || isOnGrid(value));
}

const isWhole = ({ min = 0, step }: NumericColumn) => step === 1 && Number.isInteger(min);

function allowedNumber(column: NumericColumn): string {
  const { min, max, step } = column;
  const whole = isWhole(column);
  const words = rangeInWords({ min, max });
  const range = words === undefined ? '' : ` ${min !== undefined && max !== undefined ? 'from' : 'of'} ${words}`;
  return `a ${whole ? 'whole ' : ''}number${range}${step === undefined || whole ? '' : `, in steps of ${formatExact(step)}`}`;
}
