import { formatShare } from '../../core/format-number.ts';
import { shortList } from '../../core/short-list.ts';
import type { ColumnView } from './deduction.ts';
import { isMissingToken } from './missing-tokens.ts';

/** Texts of a column of values that are none, to be read as not known. */
export interface Exceptions {
  readonly missing: readonly string[];
  readonly look: readonly string[];
}

/** Of so many different values a few texts among them are no categories. */
const MANY_VALUES = 20;
const FEW_TEXTS = 3;
const MOST_TEXTS = 20;
const MOST_OF_FEW = 0.1;
const MOST_OF_MANY = 0.02;

/**
 * What of a column of numbers or dates is neither, where that stands for "not known"; undefined where it does not: the column is of another kind.
 *
 * @param count how many cells are values
 * @param isValue whether a text is one
 */
export function exceptionsOf(
  { counts, summary: { facts, values }, known }: ColumnView,
  count: number,
  isValue: (text: string) => boolean,
): Exceptions | undefined {
  if (count === 0) return undefined;
  const tokens = [...facts.tokens.keys()];
  const inTokens = [...facts.tokens.values()].reduce((sum, each) => sum + each, 0);
  const wrong = known - inTokens - count;
  if (wrong === 0) return { missing: tokens, look: [] };
  const isFew = wrong <= known * MOST_OF_FEW;
  if (!isFew || !facts.othersKept || values.distinct < MANY_VALUES) return undefined;
  const candidates = values.isExact ? [...counts.keys()] : [...facts.others.keys()];
  const texts = candidates.filter((text) => !isMissingToken(text) && !isValue(text));
  const most = wrong <= known * MOST_OF_MANY ? MOST_TEXTS : FEW_TEXTS;
  if (texts.length === 0 || texts.length > most) return undefined;
  const quoted = shortList(texts.map((text) => JSON.stringify(text)));
  const look = `${quoted} ${texts.length === 1 ? 'is' : 'are'} read as not known, in ${formatShare(wrong / known)} of the rows`;
  return { missing: [...tokens, ...texts], look: [look] };
}
