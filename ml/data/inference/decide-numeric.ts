import { formatRounded } from '../../core/format-number.ts';
import { type Affixes, affixesInWords } from '../kinds/number-affixes.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { exceptionsOf } from './exceptions.ts';
import { saysCode, saysIdentifier, saysNames, saysTime } from './header-hints.ts';
import { roomOf } from './room.ts';
import { roundedRange } from './rounded-range.ts';
import { withoutSentinels } from './sentinels.ts';
import { unitOfAffixes } from './units.ts';

/** With so many rows or more, numbers that count them are no measure. */
const MANY_ROWS = 20;
const MOST_ARE_DIGITS = 0.9;
/** Of so many names there may be numbers in place of them; more are a measure. */
const MOST_NAMES = 30;
/** What ascends by one from beyond it on, as numbers of customers do, counts no years. */
const LAST_YEAR = 2500;

/** Why a column whose texts all are digits is one of codes, which stay texts; undefined where it is not. */
export function codeReason({ summary: { facts, values }, numbers, words, known }: ColumnView): string | undefined {
  if (numbers.count + facts.tooLong < known * MOST_ARE_DIGITS) return undefined;
  if (facts.leadingZeros > 0) return 'digits with zeros in front';
  if (facts.tooLong > 0) return 'more digits than a number keeps';
  // Some of many texts of digits happen to have an e among them.
  if (facts.exponents > 0 && numbers.isWhole) return 'digits, some with an e in them';
  const areNames = values.distinct <= MOST_NAMES && numbers.min >= 0 && saysNames(words);
  return numbers.isWhole && (saysCode(words) || areNames) ? 'digits that are a code, by the header' : undefined;
}

/** A column of numbers; undefined where it is none. */
export function decideNumeric(view: ColumnView): Deduction | undefined {
  const { numbers, header, numberIn, summary, words, affixes } = view;
  const isNumber = (text: string) => numberIn(text) !== undefined;
  const exceptions = exceptionsOf(view, numbers.count, isNumber);
  if (!exceptions || codeReason(view) !== undefined) return undefined;
  const { texts, min, max } = withoutSentinels(view);
  const isWhole = numbers.isWhole;
  const unit = header.unit ?? unitOfAffixes(affixes);
  const room = roomOf(view, [...exceptions.missing, ...texts], { min, max });
  const range = roundedRange({ min, max, isWhole, unit, room });
  const sentinel = texts.map((text) => `${text} is read as not known: it lies far outside of all other values`);
  const look =
    summary.countsFrom === undefined || summary.rows < MANY_ROWS ? [] : ['it ascends by one from row to row'];
  // A year has no thousands.
  const shown = (value: number) => (isWhole && saysTime(words) ? String(value) : formatRounded(value));
  return deduced(
    {
      kind: 'numeric',
      ...range,
      ...(isWhole && { step: 1 }),
      ...(unit !== undefined && { unit }),
      ...affixes,
    },
    `${isWhole ? 'whole ' : ''}numbers from ${shown(min)} to ${shown(max)}${besideThem(affixes)}`,
    { missing: [...exceptions.missing, ...texts], look: [...exceptions.look, ...sentinel, ...look] },
  );
}

/** A column of whole numbers that number the rows, or name them; undefined where it is none. */
export function decideRowNumber({ summary, numbers, known, words }: ColumnView): Deduction | undefined {
  const { rows, countsFrom, values } = summary;
  if (rows < MANY_ROWS || numbers.count !== known || known !== rows || !numbers.isWhole) return undefined;
  const isNamed = saysIdentifier(words) || words.length === 0;
  const isNoYear = countsFrom !== undefined && (countsFrom <= 1 || countsFrom > LAST_YEAR);
  if (countsFrom !== undefined && (isNamed || (isNoYear && !saysTime(words)))) {
    const reason = `it numbers the rows from ${countsFrom} on`;
    return deduced({ kind: 'identifier', reason }, reason);
  }
  const isPermutation = numbers.min >= 0 && numbers.min <= 1 && numbers.max - numbers.min === rows - 1;
  const areDistinct = values.isExact ? values.distinct === rows : values.distinct > rows * 0.95;
  if (!areDistinct || !isNamed || !(isPermutation || saysCode(words))) return undefined;
  const reason = 'each row has another number';
  return deduced({ kind: 'identifier', reason }, reason);
}

function besideThem(affixes: Affixes): string {
  const words = affixesInWords(affixes);
  return `${words === '' ? '' : `, with ${words}`}${affixes.parentheses === true ? '; those in parentheses are below zero' : ''}`;
}
