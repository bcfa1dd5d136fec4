import { shortList } from '../../core/short-list.ts';
import { type DayOrder, decideDate } from './decide-date.ts';
import { codeReason, decideNumeric, decideRowNumber } from './decide-numeric.ts';
import { decideTexts } from './decide-texts.ts';
import { decideYesNo } from './decide-yes-no.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { shownText } from './shown-text.ts';

const MOST_ARE_NUMBERS = 0.9;

/** What a column is, by all of its values. */
export function decideColumn(view: ColumnView, order: DayOrder | undefined): Deduction {
  const deduction =
    decideConstant(view) ??
    decideYesNo(view) ??
    decideRowNumber(view) ??
    decideDate(view, order) ??
    decideNumeric(view) ??
    withForeignNumbers(view, decideTexts(view, codeReason(view)));
  return withSpaces(view, deduction);
}

/** Tells which texts are one although they are written with other spaces around them; a number or a date is what it is. */
function withSpaces({ summary }: ColumnView, deduction: Deduction): Deduction {
  const spaced = summary.values.spaced();
  const { kind } = deduction.is;
  if (kind === 'numeric' || kind === 'date' || spaced.length === 0) return deduction;
  const cells = spaced.reduce((sum, [, count]) => sum + count, 0);
  const texts = shortList(spaced.map(([text]) => JSON.stringify(text)));
  const look = `spaces around a text do not count: ${texts} ${spaced.length === 1 ? 'is one text' : 'are one text each'}, which ${cells === 1 ? 'a cell has' : `${cells.toLocaleString('en')} cells have`} with other spaces around`;
  return { ...deduction, look: [...deduction.look, look] };
}

/** Tells where texts are numbers that are written otherwise than those of other columns. */
function withForeignNumbers({ summary, numbers, known }: ColumnView, deduction: Deduction): Deduction {
  if (summary.facts.numbers.count < known * MOST_ARE_NUMBERS || numbers.count >= known * MOST_ARE_NUMBERS)
    return deduction;
  const look =
    'its texts are numbers, but with other decimals or thousands than those of other columns; write all alike';
  return { ...deduction, look: [...deduction.look, look] };
}

/** A column that has one value, or none; undefined where it has more. */
function decideConstant({ known, counts, summary }: ColumnView): Deduction | undefined {
  if (known === 0) {
    const reason = 'it is empty in every row';
    return deduced({ kind: 'constant', reason }, reason);
  }
  if (summary.values.distinct > 1) return undefined;
  const [text = ''] = counts.keys();
  if (summary.empty === 0) {
    const reason = `it is ${shownText(text)} in every row`;
    return deduced({ kind: 'constant', reason }, reason);
  }
  const reason = `it is ${shownText(text)} or empty`;
  const look = `models do not learn from where ${shownText(text)} stands; write a second text into the empty cells for that`;
  return deduced({ kind: 'constant', reason }, reason, { look: [look] });
}
