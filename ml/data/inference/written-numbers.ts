import { type Affixes, bareNumber } from '../kinds/number-affixes.ts';
import { signInFront } from '../kinds/sign-in-front.ts';
import type { AffixedForms } from './affixed-numbers.ts';
import { type Convention, type NumberForms, type NumberStatistics, numberUnder } from './number-forms.ts';
import type { TextFacts } from './text-facts.ts';
import { isUnitName } from './units.ts';

/** How a column's numbers are written, and what is known of them. */
export interface WrittenNumbers {
  /** What stands beside each. */
  readonly affixes: Affixes;
  readonly statistics: Readonly<NumberStatistics>;
}

/** What is beside so many of a column's numbers is beside all that are none by themselves. */
const MOST = 0.9;
/** Letters that stand at once behind a number and are no unit are part of a code, unless there are so many different ones. */
const FEWEST_VALUES = 10;
/** Where more are in parentheses, these say something else. */
const MOST_IN_PARENTHESES = 0.6;

/** A column's numbers under a convention: those that stand alone, or those that all have the same beside them. */
export function writtenNumbers(facts: TextFacts, distinct: number, convention: Convention): WrittenNumbers {
  const alone = facts.numbers.under(convention);
  const forms = facts.affixed.mostFrequent;
  if (!forms || !isAffix(forms, distinct)) return { affixes: {}, statistics: alone };
  const { prefix, suffix, inParentheses, numbers } = forms;
  const beside = numbers.under(convention);
  const isInParentheses = inParentheses > 0;
  const isBare = prefix === '' && suffix === '';
  // A few numbers in parentheses are those below zero; without anything else beside them the others stand alone.
  const statistics = isBare ? joined(alone, beside) : beside;
  const known = facts.known - facts.tokenCount;
  if (statistics.count < MOST * known || inParentheses > MOST_IN_PARENTHESES * known || (!isBare && alone.count > 0))
    return { affixes: {}, statistics: alone };
  return {
    affixes: {
      ...(prefix !== '' && { prefix }),
      ...(suffix !== '' && { suffix }),
      ...(isInParentheses && { parentheses: true }),
    },
    statistics,
  };
}

/** A function from a text to its number; undefined where it is none. */
export function numberReader(affixes: Affixes, convention: Convention): (text: string) => number | undefined {
  const bare = bareNumber(affixes, {});
  const read = (text: string) => {
    const number = bare(text);
    return number === undefined ? undefined : numberUnder(number, convention);
  };
  return (text) => read(text) ?? read(signInFront(text));
}

/** The characters that group digits somewhere in a column, whatever is beside them. */
export const separatorsIn = ({ numbers, affixed }: TextFacts) =>
  [numbers, affixed.mostFrequent?.numbers].flatMap((forms: NumberForms | undefined) => forms?.separators() ?? []);

function isAffix({ suffix, isGlued }: AffixedForms, distinct: number): boolean {
  return suffix === '' || !isGlued || !/^\p{L}/u.test(suffix) || isUnitName(suffix) || distinct >= FEWEST_VALUES;
}

function joined(a: NumberStatistics, b: NumberStatistics): NumberStatistics {
  return {
    count: a.count + b.count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    isWhole: a.isWhole && b.isWhole,
  };
}
