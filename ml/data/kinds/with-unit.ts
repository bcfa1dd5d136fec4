import { formatExact } from '../../core/format-number.ts';
import { rangeInWords } from '../../core/range-words.ts';

/** What the numbers of a column are in, and what stands before them in its file. */
export interface Unit {
  readonly unit?: string | undefined;
  readonly prefix?: string | undefined;
}

const CURRENCY = /^\p{Sc}/u;
const ENDS_IN_LETTER = /\p{L}$/u;

/** Whether the unit of a column stands before its numbers: where its file has it there, as those of currencies. */
function isBefore({ unit, prefix }: Unit): boolean {
  return unit !== undefined && prefix !== undefined && (unit === prefix || CURRENCY.test(unit));
}

/**
 * A number, written as a text, with its unit: "12 kg", "−$1,200", "USD 5".
 *
 * @param write how the unit is written. @default as it is
 */
export function withUnit(number: string, column: Unit, write = (unit: string) => unit): string {
  const { unit } = column;
  if (unit === undefined) return number;
  if (!isBefore(column)) return `${number} ${write(unit)}`;
  const sign = signOf(number);
  return `${sign}${write(unit)}${spaceAfter(unit)}${number.slice(sign.length)}`;
}

/** What stands before a number and behind it, where a page writes its unit smaller. */
export interface Amount {
  readonly before: string;
  readonly number: string;
  readonly behind: string;
}

/** The same in parts: "1,200" behind "−$", "12" before "kg". */
export function amountOf(number: string, column: Unit): Amount {
  const { unit = '' } = column;
  if (!isBefore(column)) return { before: '', number, behind: unit };
  const sign = signOf(number);
  return { before: `${sign}${unit}${spaceAfter(unit)}`, number: number.slice(sign.length), behind: '' };
}

const signOf = (number: string) => /^[+−-]/.exec(number)?.[0] ?? '';
const spaceAfter = (unit: string) => (ENDS_IN_LETTER.test(unit) ? '\u00a0' : '');

/** Several numbers with their unit, which stands behind the last of them, or before each: "5" and "12 kg", "$5" and "$12". @param write as of `withUnit` */
export function withUnits(numbers: readonly string[], column: Unit, write?: (unit: string) => string): string[] {
  const isEach = isBefore(column);
  return numbers.map((number, i) => (isEach || i === numbers.length - 1 ? withUnit(number, column, write) : number));
}

/**
 * A range of numbers in words, with its unit: "10 to 500 kg", "at least $10".
 *
 * @param write as of `withUnit`
 * @returns undefined where the range has no end
 */
export function rangeWithUnit(
  range: Parameters<typeof rangeInWords>[0],
  column: Unit,
  format: (value: number) => string = formatExact,
  write?: (unit: string) => string,
): string | undefined {
  const isEach = isBefore(column);
  const words = rangeInWords(range, isEach ? (value) => withUnit(format(value), column, write) : format);
  return words === undefined || isEach ? words : withUnit(words, column, write);
}
