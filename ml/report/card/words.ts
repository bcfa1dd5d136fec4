// Words that the sentences and the tables of a card share, as Markdown.

import { formatRounded, formatShare } from '../../core/format-number.ts';
import type { Column } from '../../data/declaration.ts';
import { withUnit } from '../../data/kinds/with-unit.ts';
import { count, plain } from '../markdown.ts';
import type { EvaluatedCard, NumberCard } from './card.ts';
import type { Segment } from './segments.ts';

/** So much of a name or a unit is shown. */
export const NAME = 40;

/** A column by its title. */
export const titleOf = ({ title }: Pick<Column, 'title'>) => plain(title, NAME);
/** A list of Markdown. */
export const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** The first names, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  const left = names.length - most;
  return `${names.slice(0, most).join(', ')}${left > 0 ? `, … ${count(left)} more` : ''}`;
}

/** A number of the target's, with its unit. */
export function amount(value: number, { target }: Pick<NumberCard, 'target'>): string {
  return withUnit(formatRounded(value), target, (unit) => plain(unit, NAME));
}

/** Without decimals, unless it is next to none or all. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  const isNearEnd = (whole === 0 || whole === 100) && 100 * share !== whole;
  return isNearEnd ? formatShare(share) : `${whole} %`;
}

/** "Lunch: standard". */
export const segmentName = ({ column, value }: Segment) =>
  `${titleOf(column)}: ${value === null ? '*not known*' : plain(value, NAME)}`;

/** The size of an error, as a table shows it: of a number with its unit, of a class its log loss. */
export const errorText = (error: number, card: EvaluatedCard) =>
  card.kind === 'number' ? amount(error, card) : error.toFixed(3);

/** The errors of some rows, and of all, in a sentence's part. */
export function errorsInWords(error: number, overall: number, card: EvaluatedCard): string {
  const [one, other] = [errorText(error, card), errorText(overall, card)];
  return card.kind === 'number'
    ? `off by ${one} on average, over all rows by ${other}`
    : `a log loss of ${one}, over all rows of ${other}`;
}

/** What holds the truth in nine of ten cases. */
export const rangeWord = ({ kind }: Pick<EvaluatedCard, 'kind'>) => (kind === 'number' ? 'interval' : 'prediction set');

/** A class, and what it was given: "yes (92 %)". */
export const givenText = (level: string, probability: number) => `${plain(level, NAME)} (${formatShare(probability)})`;

/** The mean size of the errors of all rows. */
export const meanError = (card: EvaluatedCard) => (card.kind === 'number' ? card.errors.mean : card.measures.logLoss);
