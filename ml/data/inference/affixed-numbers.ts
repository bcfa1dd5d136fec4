import { NumberForms } from './number-forms.ts';

/** A text as a number and what stands beside it. */
interface AffixedNumber {
  readonly prefix: string;
  readonly suffix: string;
  readonly isInParentheses: boolean;
  /** Whether nothing is between the number and what is behind it. */
  readonly isGlued: boolean;
  /** The number with its sign; in parentheses it is below zero. */
  readonly number: string;
}

/** Numbers that have the same beside them. */
export interface AffixedForms {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether nothing is between the first of the numbers and what is behind it. */
  readonly isGlued: boolean;
  readonly numbers: NumberForms;
  /** How many cells are in parentheses. */
  inParentheses: number;
}

const currencies =
  'USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|TRY|RUB|KRW|SGD|HKD|ILS|AED|SAR|THB|IDR|MYR|PHP';
/** Signs of currency, their codes, and about: what else stands before a number makes it a code. */
const prefix = String.raw`(?:\p{Lu}{0,3}\p{Sc}|(?:${currencies})(?![\p{L}])|Rs\.?|kr\.?|Fr\.|≈|~)`;
const number = String.raw`(?:\d[\d.,'’ \u00a0\u202f\u2009]*\d|[.,]?\d)(?:[.,](?=\s|\p{L}|$))?(?:[eE][+-]?\d+(?!\p{L}))?`;
/** A word, a sign, or a few: "%", "kg", "km/h", "sq ft", "m²". */
const suffix = String.raw`[\p{L}\p{Sc}%‰°"″′'][^()]{0,11}`;
const affixed = new RegExp(
  String.raw`^(?<open>\()?\s*(?<sign>[+-]?)\s*(?<prefix>${prefix})?\s*(?<inner>[+-]?)(?<number>${number})(?<gap>\s*)(?<suffix>${suffix})?(?<close>\))?$`,
  'u',
);

/** A text that is a number with something beside it; undefined where it is none, or a number alone. */
function affixedNumber(text: string): AffixedNumber | undefined {
  const { groups } = affixed.exec(text) ?? {};
  if (!groups) return undefined;
  const { open, close, sign = '', inner = '', prefix = '', gap, suffix = '', number = '' } = groups;
  const isInParentheses = open !== undefined && close !== undefined;
  const signs = sign + inner;
  if ((open === undefined) !== (close === undefined) || signs.length > 1 || (isInParentheses && signs !== ''))
    return undefined;
  if (prefix === '' && suffix === '' && !isInParentheses) return undefined;
  return {
    prefix: prefix.normalize(),
    suffix: suffix.trim().normalize(),
    isInParentheses,
    isGlued: gap === '',
    number: `${isInParentheses ? '-' : signs}${number}`,
  };
}

/** Of so many different affixes none is what all numbers have. */
const MOST_AFFIXES = 30;
const LONGEST = 40;

/** Numbers that have something beside them, by what that is. */
export class AffixedNumbers {
  readonly #forms = new Map<string, AffixedForms>();
  /** How many cells are numbers with something beside them. */
  count = 0;

  /** Takes a text that occurs so many times; returns its number alone, or undefined where it is none. */
  add(text: string, count: number): string | undefined {
    const read = text.length > LONGEST ? undefined : affixedNumber(text);
    if (!read) return undefined;
    const key = `${read.prefix}\n${read.suffix}`;
    const known = this.#forms.get(key);
    if (!known && this.#forms.size >= MOST_AFFIXES) return undefined;
    const { prefix, suffix, isGlued } = read;
    const forms = known ?? { prefix, suffix, isGlued, numbers: new NumberForms(), inParentheses: 0 };
    if (!forms.numbers.add(read.number, count)) return undefined;
    this.#forms.set(key, forms);
    if (read.isInParentheses) forms.inParentheses += count;
    this.count += count;
    return read.number;
  }

  /** What most of them have beside them; undefined where there are none. */
  get mostFrequent(): AffixedForms | undefined {
    const all = [...this.#forms.values()];
    return all.toSorted((a, b) => b.numbers.count - a.numbers.count)[0];
  }

  /** What there is beside numbers, the most frequent first. */
  affixes(): string[] {
    const ranked = [...this.#forms.values()].sort((a, b) => b.numbers.count - a.numbers.count);
    return ranked.map(({ prefix, suffix, inParentheses }) => prefix || suffix || (inParentheses > 0 ? '()' : ''));
  }
}
