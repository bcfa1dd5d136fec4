import { formatShare } from '../../core/format-number.ts';
import { groupBy } from '../../core/group-by.ts';
import { clip, shortList } from '../../core/short-list.ts';
import { levelsOf, type RankedLevels } from './category-levels.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { saysIdentifier } from './header-hints.ts';
import { missingLevels } from './missing-tokens.ts';

/** With so many rows or more, texts that are others in each of them tell nothing of other rows. */
const MANY_ROWS = 20;
/** Texts of so many words, or characters, are sentences. */
const WORDS = 4;
const CHARACTERS = 40;
/** Of a category, so large a share of the rows have a level that occurs in several rows. */
const REPEATED = 0.4;
const SENTENCES_DIFFER = 0.3;
/** So large a share of dates is no accident. */
const DATES = 0.8;
const SEVERAL_FORMS =
  'its texts are dates in several forms, and are not read as dates: write all of them alike, as 2024-01-31';
/** Of a category so many levels are named with the reason, and so much of each. */
const MOST_NAMED = 3;
const LONGEST_NAME = 20;
const MOST_ARE_NUMBERS = 0.9;
/** Fewer different ones may be names. */
const FEWEST_NUMBERS = 5;

/** A column of texts: categories, or what is kept out, since each row has another text. @param why texts of digits are codes */
export function decideTexts(view: ColumnView, codes: string | undefined): Deduction {
  const { known, counts, summary, words } = view;
  const { facts, values } = summary;
  const missing = missingLevels(counts);
  const { dates } = facts;
  const areSeveral = dates.count >= DATES * facts.known && dates.count > (dates.best()[0]?.count ?? 0);
  const look = [...(areSeveral ? [SEVERAL_FORMS] : []), ...unlikeNumbers(view)];
  const present = known - missing.reduce((sum, text) => sum + (counts.get(text) ?? 0), 0);
  const share = values.distinct / present;
  const areSentences = facts.words / facts.known >= WORDS || facts.characters / facts.known >= CHARACTERS;
  if (present >= MANY_ROWS && areSentences && share > SENTENCES_DIFFER) {
    const reason = `free text: about ${Math.round(facts.words / facts.known)} words in a row, and most are in one row only`;
    return deduced({ kind: 'text', reason }, reason, { missing });
  }
  const levels = levelsOf(view, missing);
  const what = codes ?? 'texts';
  if (present >= MANY_ROWS && levels.repeated < REPEATED) return named(levels, share, what, missing, look);
  if (values.distinct >= MANY_ROWS && saysIdentifier(words) && share > 0.9)
    return named(levels, share, what, missing, look);
  return categories(view, levels, codes, missing, look);
}

/** Whether many rows have texts that all differ, which tell nothing of other rows. */
export const namesRows = ({ known, counts }: ColumnView): boolean => known >= MANY_ROWS && counts.size === known;

/** Texts that name their rows. */
function named(
  { repeated }: RankedLevels,
  share: number,
  what: string,
  missing: readonly string[],
  look: readonly string[],
): Deduction {
  const isEach = share > 0.999;
  const reason = isEach
    ? `each row has another of its ${what}`
    : `${formatShare(1 - repeated)} of the rows have one of its ${what} that hardly any other row has`;
  const hint = isEach
    ? []
    : ['it is kept out, since its texts hardly repeat; make it categorical if they mean something'];
  return deduced({ kind: 'identifier', reason }, reason, { missing, look: [...look, ...hint] });
}

function categories(
  { counts }: ColumnView,
  { levels, other, rare, distinct, share }: RankedLevels,
  codes: string | undefined,
  missing: readonly string[],
  seen: readonly string[],
): Deduction {
  const some = shortList(levels.slice(0, MOST_NAMED).map((level) => clip(level, LONGEST_NAME)));
  const what = `${distinct.toLocaleString('en')} different ${codes === undefined ? 'texts' : `codes (${codes})`}`;
  const grouped =
    rare > 0
      ? `; ${rare === 1 ? 'a rare one' : `${rare.toLocaleString('en')} rare ones`}, ${formatShare(share)} of the rows, ${rare === 1 ? 'is' : 'are'} ${JSON.stringify(other)}`
      : '';
  const why = `${what}: ${some}${levels.length > MOST_NAMED ? ', …' : ''}${grouped}`;
  const look = [...seen, ...spelledAlike([...counts.keys()])];
  return deduced({ kind: 'categorical', levels: [...levels, other], other, unseen: 'other' }, why, { missing, look });
}

/** Levels that differ in case alone are probably one. */
function spelledAlike(texts: readonly string[]): string[] {
  const groups = groupBy(texts, (text) => text.toLowerCase().replace(/\s+/g, ' '));
  const alike = [...groups.values()].filter(({ length }) => length > 1).map((group) => group.join(' / '));
  return alike.length > 0
    ? [`texts that differ in case or spaces alone are different levels: ${shortList(alike)}`]
    : [];
}

/** Numbers with something beside some of them, or not the same beside all, are texts. */
function unlikeNumbers({ summary: { facts, values }, known }: ColumnView): string[] {
  const { affixed, numbers } = facts;
  const beside = affixed.affixes().filter((affix) => affix !== '');
  const areNumbers = affixed.count + numbers.count >= MOST_ARE_NUMBERS * (known - facts.tokenCount);
  if (!areNumbers || beside.length === 0 || values.distinct < FEWEST_NUMBERS) return [];
  const signs = shortList([...beside.map((sign) => JSON.stringify(sign)), ...(numbers.count > 0 ? ['nothing'] : [])]);
  return [`its texts are numbers with ${signs} beside them; with the same beside each they would be read as numbers`];
}
