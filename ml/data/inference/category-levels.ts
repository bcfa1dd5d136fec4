import { countTexts } from './count-texts.ts';
import type { ColumnView } from './deduction.ts';

/** The levels of a category, the most frequent first, and those that are too rare to be ones of their own. */
export interface RankedLevels {
  readonly levels: readonly string[];
  /** A text that no row has, which stands for all that are not listed. */
  readonly other: string;
  /** How many different texts there are; of very many an estimate. */
  readonly distinct: number;
  /** How many of them are not listed, and which share of the rows they are. */
  readonly rare: number;
  readonly share: number;
  /** The share of the rows whose text is in several rows. */
  readonly repeated: number;
}

/** Of a level in fewer rows nothing can be learned. */
const FEWEST_ROWS = 2;
/** Of fewer rows each level is one of its own. */
const MANY_ROWS = 60;
const MOST_LEVELS = 200;
/** Where these are less than that share of the rows, there may be more, as far as the rows allow: a column for each level is affordable. */
const FEW_ROWS = 0.5;
const MOST_CELLS = 40_000_000;
/** A text is repeated that so many rows have. */
const REPEATED = 3;

/** @param missing texts that are no levels */
export function levelsOf({ counts, summary, sample, known }: ColumnView, missing: readonly string[]): RankedLevels {
  const { values } = summary;
  // Of very many texts the frequent ones are in the rows that were drawn.
  const all = values.isExact ? counts : countTexts(sample);
  const ranked = [...all]
    .filter(([text]) => text !== '' && !missing.includes(text))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = rowsIn(ranked) || 1;
  const fewest = known >= MANY_ROWS ? FEWEST_ROWS : 1;
  const repeated = ranked.filter(([, count]) => count >= fewest);
  const isFew = rowsIn(repeated.slice(0, MOST_LEVELS)) < FEW_ROWS * total;
  const most = isFew ? Math.max(MOST_LEVELS, Math.floor(MOST_CELLS / known)) : MOST_LEVELS;
  const frequent = repeated.slice(0, most);
  // The levels that are left are to be two at least, with the one for others.
  const listed = frequent.length > 0 ? frequent : ranked.slice(0, 1);
  const distinct = values.distinct - missing.length;
  return {
    levels: listed.map(([text]) => text),
    other: nameForOther(all),
    distinct,
    rare: distinct - listed.length,
    share: 1 - rowsIn(listed) / total,
    repeated: repeatedIn(values.isExact ? ranked : [...counts]),
  };
}

const rowsIn = (counts: readonly (readonly [string, number])[]) => counts.reduce((sum, [, count]) => sum + count, 0);

function repeatedIn(counts: readonly (readonly [string, number])[]): number {
  let [repeated, total] = [0, 0];
  for (const [, count] of counts) {
    total += count;
    if (count >= REPEATED) repeated += count;
  }
  return repeated / (total || 1);
}

/** "other", or what no row has. */
function nameForOther(counts: ReadonlyMap<string, number>): string {
  const taken = new Set([...counts.keys()].map((text) => text.toLowerCase()));
  for (let i = 1; ; i++) {
    const name = i === 1 ? 'other' : i === 2 ? 'any other' : `any other ${i - 1}`;
    if (!taken.has(name)) return name;
  }
}
