import { formatShare } from '../../core/format-number.ts';
import { shortList } from '../../core/short-list.ts';
import type { ColumnView } from './deduction.ts';
import { isMissingToken } from './missing-tokens.ts';
import { numberUnder } from './number-forms.ts';

/** Texts of a column of values that are none, to be read as not known. */
export interface Exceptions {
  readonly missing: readonly string[];
  readonly look: readonly string[];
}

/** Of so many different values a few texts among them are no categories. */
const MANY_VALUES = 20;
/** How many texts there may be, by the largest share of the rows that they are in; a single word may be in most rows. */
const limits = [
  { texts: 20, share: 0.02 },
  { texts: 3, share: 0.1 },
] as const;
const MOST_OF_ONE_WORD = 0.9;

/**
 * What of a column of numbers or dates is neither, where that stands for "not known"; undefined where it does not: the column is of another kind.
 *
 * @param count how many cells are values
 * @param isValue whether a text is one
 */
export function exceptionsOf(
  { counts, summary: { facts, values }, known, convention }: ColumnView,
  count: number,
  isValue: (text: string) => boolean,
): Exceptions | undefined {
  if (count === 0) return undefined;
  const tokens = [...facts.tokens.keys()];
  const wrong = known - facts.tokenCount - count;
  if (wrong === 0) return { missing: tokens, look: [] };
  if (!facts.othersKept || values.distinct < MANY_VALUES) return undefined;
  const candidates = values.isExact ? [...counts.keys()] : [...facts.others.keys()];
  const texts = candidates.filter((text) => !isMissingToken(text) && !isValue(text));
  // A number without what stands beside the others is known.
  if (texts.some((text) => numberUnder(text, convention) !== undefined)) return undefined;
  const share = wrong / known;
  const isWord = texts.length === 1 && !/\d/.test(texts[0] as string) && share <= MOST_OF_ONE_WORD;
  const areFew = limits.some((most) => texts.length <= most.texts && share <= most.share);
  if (texts.length === 0 || !(isWord || areFew)) return undefined;
  const quoted = shortList(texts.map((text) => JSON.stringify(text)));
  const look = `${quoted} ${texts.length === 1 ? 'is' : 'are'} read as not known, in ${formatShare(share)} of the rows`;
  return { missing: [...tokens, ...texts], look: [look] };
}
