import type { ColumnSummary } from './column-summary.ts';
import type { ColumnView } from './deduction.ts';
import { lowerWords } from './header-words.ts';
import type { Convention } from './number-forms.ts';
import { withoutUnit } from './units.ts';
import { numberReader, writtenNumbers } from './written-numbers.ts';

/** What decisions about a column go by, made once. */
export function viewOf(
  summary: ColumnSummary,
  sample: readonly (readonly string[])[],
  convention: Convention,
): ColumnView {
  const { header, position, rows, empty, facts, values } = summary;
  const { affixes, statistics } = writtenNumbers(facts, values.distinct, convention);
  return {
    summary,
    words: lowerWords(header),
    header: withoutUnit(header),
    convention,
    known: rows - empty,
    counts: composed(values.counts()),
    affixes,
    numbers: statistics,
    numberIn: numberReader(affixes, convention),
    sample: sample.map((cells) => (cells[position] as string).trim()),
  };
}

/** Texts that look the same are the same. */
function composed(counts: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map<string, number>();
  for (const [text, count] of counts) {
    const form = text.normalize();
    all.set(form, (all.get(form) ?? 0) + count);
  }
  return all;
}
