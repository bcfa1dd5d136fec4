// Words that the sentences and the tables of a card share, as Markdown.

import { formatRounded } from '../../core/format-number.ts';
import type { Column } from '../../data/declaration.ts';
import { count, plain } from '../markdown.ts';
import type { ModelCard } from './card.ts';
import type { Segment } from './segments.ts';

/** So much of a name or a unit is shown. */
export const NAME = 40;

/** A column by its title. */
export const titleOf = ({ title }: Column) => plain(title, NAME);
/** A list of Markdown. */
export const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** The first names, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  const left = names.length - most;
  return `${names.slice(0, most).join(', ')}${left > 0 ? `, … ${count(left)} more` : ''}`;
}

/** A number of the target's, with its unit. */
export function amount(value: number, { target: { unit } }: ModelCard): string {
  return `${formatRounded(value)}${unit === undefined ? '' : ` ${plain(unit, NAME)}`}`;
}

export const percent = (share: number) => `${Math.round(100 * share)} %`;

/** "Lunch: standard". */
export const segmentName = ({ column, value }: Segment) =>
  `${titleOf(column)}: ${value === null ? '*not known*' : plain(value, NAME)}`;
