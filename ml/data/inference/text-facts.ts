import { signInFront } from '../kinds/sign-in-front.ts';
import { AffixedNumbers } from './affixed-numbers.ts';
import { DateFormats } from './date-formats.ts';
import { isMissingToken } from './missing-tokens.ts';
import { NumberForms } from './number-forms.ts';

/** Of a column so many different texts are kept that are neither numbers nor dates. */
const MOST_OTHERS = 1000;

/** What the texts of a column have in common, whatever its kind; blank ones do not count. */
export class TextFacts {
  /** Cells. */
  known = 0;
  /** Numbers that stand alone, and those with something beside them. */
  readonly numbers = new NumberForms();
  readonly affixed = new AffixedNumbers();
  readonly dates = new DateFormats();
  /** Texts that may stand for "not known", and how often. */
  readonly tokens = new Map<string, number>();
  /** Texts that are no number, and how often; `othersKept` tells whether these are all. */
  readonly others = new Map<string, number>();
  othersKept = true;
  /** Cells of whole numbers with a zero in front. */
  leadingZeros = 0;
  /** Cells of digits that no double keeps. */
  tooLong = 0;
  /** Cells as 713752e1. */
  exponents = 0;
  /** Of all cells together. */
  characters = 0;
  words = 0;

  /** Cells of texts that may stand for "not known". */
  get tokenCount(): number {
    return [...this.tokens.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Takes a text that occurs so many times. */
  add(text: string, count: number): void {
    this.known += count;
    this.characters += count * text.length;
    this.words += count * wordsIn(text);
    if (isMissingToken(text)) {
      this.tokens.set(text, (this.tokens.get(text) ?? 0) + count);
      return;
    }
    const number = isSignedOtherwise(text) ? signInFront(text) : text;
    const isNumber = isNumberLike(number) && this.numbers.add(number, count);
    const isDate = this.dates.add(text, count);
    if (isNumber || isCode(text)) this.#noteCode(text, count);
    if (isNumber) return;
    const bare = isDate ? undefined : this.affixed.add(number, count);
    if (bare !== undefined) this.#noteCode(bare, count);
    const seen = this.others.get(text);
    if (seen !== undefined || this.others.size < MOST_OTHERS) this.others.set(text, (seen ?? 0) + count);
    else if (!isDate && bare === undefined) this.othersKept = false;
  }

  #noteCode(text: string, count: number): void {
    if (/^0\d+$/.test(text)) this.leadingZeros += count;
    if (/^\d{2,}[eE]\d+$/.test(text)) this.exponents += count;
    if (text.length > 15 && isCode(text) && !Number.isSafeInteger(Number(text))) this.tooLong += count;
  }
}

/** Whether the first character may be that of a number. */
function isNumberLike(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2b || code === 0x2e || code === 0x2c;
}

/** Whether the sign of a number may stand elsewhere than programs write it, or be another one. */
const isSignedOtherwise = (text: string): boolean => text.endsWith('-') || text.includes('\u2212');

const isCode = (text: string): boolean => /^\d+$/.test(text);

function wordsIn(text: string): number {
  let words = 1;
  for (let i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) words += 1;
  return words;
}
